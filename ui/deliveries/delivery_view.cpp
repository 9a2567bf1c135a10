// SPDX-License-Identifier: Apache-2.0
#include "ui/deliveries/delivery_view.h"

#include "core/base/secrets.h"
#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/link_button.h"
#include "ui/base/log_view.h"
#include "ui/compare/compare_button.h"
#include "ui/deliveries/body_text.h"
#include "ui/deliveries/delivery_words.h"
#include "ui/deliveries/signature_panel.h"
#include "ui/deliveries/stage_lamps.h"
#include "ui/payload/clipboard_text.h"
#include "ui/session/closing.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::webhooks::Delivery;

namespace {

constexpr qsizetype hexCopied = 1024 * 1024;    // nearly five times as much in hex

QString clockTime(core::Time time, const QTimeZone& zone)
{
    return exactTime(time, zone).section(u' ', 1, 1);
}

}

DeliveryView::DeliveryView(const UiContext& ui, QWidget* parent)
    : QWidget(parent),
      m_ui(ui),
      m_error(new ErrorBar(this)),
      m_page(new QWidget(this)),
      m_lamps(new StageLamps(m_page)),
      m_outcome(new InkLabel(TextRole::Body, InkLabel::Ink::Text, m_page)),
      m_facts(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, m_page)),
      m_signature(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, m_page)),
      m_refused(new SignaturePanel(ui, m_page)),
      m_headersTitle(new InkLabel(tr("Headers"), TextRole::SmallEmphasis, InkLabel::Ink::Text2, m_page)),
      m_headers(new LogView(tr("Headers of the delivery"), m_page)),
      m_bodyTitle(new InkLabel(TextRole::SmallEmphasis, InkLabel::Ink::Text2, m_page)),
      m_hex(new QToolButton(m_page)),
      m_bodyView(new LogView(tr("Body of the delivery"), m_page)),
      m_closer(ui.session.closer())
{
    for (InkLabel* label : {m_outcome, m_facts, m_signature}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_headers->setMarksTrouble(false);
    m_headers->setWhole(true);
    m_bodyView->setObjectName(u"body"_s);
    m_bodyView->setMarksTrouble(false);
    m_hex->setText(tr("Hex"));
    m_hex->setCheckable(true);
    m_hex->setAccessibleName(tr("Show the body in hex"));
    setFlatLook(m_hex);
    auto* copy = new LinkButton(tr("Copy body"), m_page);
    copy->setAccessibleName(tr("Copy the body"));

    auto* title = new QHBoxLayout;
    title->addWidget(m_bodyTitle, 1);
    title->addWidget(m_hex);
    title->addWidget(new CompareButton(
        ui.navigator,
        [this]() -> std::optional<PayloadRef> {
            if (m_id.isEmpty() || m_page->isHidden())
                return {};
            return PayloadRef{PayloadRef::Kind::Delivery, m_job, m_id};
        },
        m_page));
    title->addWidget(copy);
    auto* page = new QVBoxLayout(m_page);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(scaled(8));
    page->addWidget(m_lamps);
    page->addWidget(m_outcome);
    page->addWidget(m_facts);
    page->addWidget(m_signature);
    page->addWidget(m_refused);
    page->addWidget(m_headersTitle);
    page->addWidget(m_headers);
    page->addLayout(title);
    page->addWidget(m_bodyView, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_error);
    column->addWidget(m_page, 1);

    connect(m_error, &ErrorBar::retryAsked, this, &DeliveryView::read);
    connect(m_hex, &QToolButton::toggled, this, &DeliveryView::showBody);
    connect(copy, &QPushButton::clicked, this, &DeliveryView::copyBody);
    m_page->hide();
}

DeliveryView::~DeliveryView()
{
    letGo(m_closer.get(), std::move(m_copies));
}

void DeliveryView::showDelivery(const core::DeliveryId& id)
{
    if (m_id == id && m_page->isVisibleTo(this))
        return;    // a stored delivery never changes
    m_id = id;
    m_error->clear();
    read();
}

void DeliveryView::showNothing()
{
    m_id = {};
    m_refused->forget();
    m_error->clear();
    m_page->hide();
}

void DeliveryView::read()
{
    auto* backend = m_ui.session.backend();
    if (!backend || m_id.isEmpty())
        return;
    core::whenDone(backend->delivery(m_id), this, [this, asked = m_id](const core::Result<Delivery>& delivery) {
        if (asked != m_id)
            return;
        if (delivery) {
            m_error->clear();
            present(*delivery);
            return;
        }
        m_page->hide();
        m_error->showError(tr("The delivery could not be read."), delivery.error());
        m_ui.session.noteFailure(delivery.error());
    });
}

void DeliveryView::present(const Delivery& delivery)
{
    const QTimeZone zone = m_ui.preferences.timeZone();
    m_job = delivery.jobId.value_or(core::JobId{});
    const auto finished = delivery.receivedAt + std::chrono::microseconds(delivery.durationUs);
    m_lamps->setLamps(lampsOf(delivery, clockTime(delivery.receivedAt, zone), clockTime(finished, zone)));
    m_outcome->setText(outcomeSentence(delivery.outcome));
    QStringList facts{exactTime(delivery.receivedAt, zone), core::webhooks::sourceName(delivery.source), plainLine(delivery.method),
                      tr("handled in %1").arg(shortDuration(delivery.durationUs))};
    if (delivery.replayOf)
        facts << tr("replay of %1").arg(plainLine(delivery.replayOf->text));
    m_facts->setText(facts.join(u" \u00b7 "_s));
    m_signature->setText(verdictSentence(delivery.verdict));
    m_refused->showDelivery(delivery);
    QByteArray headers;
    for (const auto& header : delivery.headers)
        headers += header.name + ": " + QByteArray(header.value).replace('\r', ' ').replace('\n', ' ') + '\n';
    m_headersTitle->setText(delivery.headers.isEmpty() ? tr("Headers: none") : tr("Headers"));
    m_headers->setVisible(!headers.isEmpty());
    m_headers->setLog(headers);
    m_body = delivery.body;
    m_isText = beginsAsText(m_body);
    {
        const QSignalBlocker quiet(m_hex);
        m_hex->setChecked(!m_isText);
    }
    showBody();
    m_page->show();
}

void DeliveryView::showBody()
{
    const bool hex = m_hex->isChecked();
    const qsizetype limit = hex ? mostHexShown : mostTextShown;
    ui::showBody(*m_bodyView, m_body, hex);
    m_bodyTitle->setText(
        m_body.size() <= limit ? tr("Body, %1 bytes").arg(countText(m_body.size()))
        : hex                  ? tr("Body, %1 bytes; the first %2 in hex, no more than %3 are copied")
                    .arg(countText(m_body.size()), countText(limit), countText(hexCopied))
              : tr("Body, %1 bytes; the first %2 are shown, all are copied").arg(countText(m_body.size()), countText(limit)));
}

void DeliveryView::copyBody()
{
    if (!m_copies)
        m_copies = std::make_shared<core::Lane>();
    copyText(m_copies.get(), this, m_body.size(), [body = m_body, hex = m_hex->isChecked()] {
        const QByteArray masked = core::base::maskedDocument(body);
        return hex ? QString::fromLatin1(hexDump(masked, hexCopied)) : QString::fromUtf8(masked.first(std::min(masked.size(), mostCopied)));
    });
}

}
