// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_payloads_dialog.h"

#include "ui/acts/act_dialog.h"
#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/segmented_switch.h"
#include "ui/diff/diff_table.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/window/environment_band.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using core::Result;
using core::backend::PayloadPart;

QString payloadWords(const PayloadRef& payload)
{
    switch (payload.kind) {
    case PayloadRef::Kind::Input: return ComparePayloadsDialog::tr("input of %1").arg(plainLine(payload.job.text));
    case PayloadRef::Kind::Output: return ComparePayloadsDialog::tr("output of %1").arg(plainLine(payload.job.text));
    case PayloadRef::Kind::Delivery: return ComparePayloadsDialog::tr("body of delivery %1").arg(plainLine(payload.delivery.text));
    case PayloadRef::Kind::Event:
        return ComparePayloadsDialog::tr("payload of event %1 of %2").arg(countText(payload.sequence), plainLine(payload.job.text));
    }
    Q_UNREACHABLE();
}

ComparePayloadsDialog::ComparePayloadsDialog(const UiContext& context, core::Lane& lane, const PayloadRef& before, const PayloadRef& after,
                                             QWidget* parent)
    : QDialog(parent),
      m_context(context),
      m_lane(lane),
      m_sides{Side{before, {}, false}, Side{after, {}, false}},
      m_switch(new SegmentedSwitch(tr("How they are compared"), {tr("By meaning"), tr("Side by side"), tr("Unified")}, this)),
      m_sentence(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_error(new ErrorBar(this)),
      m_table(new DiffTable(tr("Differences"), this))
{
    const ConnectionProfile& profile = context.session.profile();
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Compare payloads \u2013 %1").arg(plainLine(profile.name)));
    resize(scaled(1170), scaled(720));
    setMinimumSize(scaled(640), scaled(360));
    auto* swatch = new QLabel(this);
    swatch->setPixmap(environmentIcon(profile.environment).pixmap(scaled(16)));
    swatch->setAccessibleName(environmentWord(profile.environment));
    auto* store = new QHBoxLayout;
    store->setSpacing(scaled(8));
    store->addWidget(swatch);
    store->addWidget(new InkLabel(tr("Compare payloads"), TextRole::Emphasis, InkLabel::Ink::Text, this));
    store->addWidget(new InkLabel(connectionWords(profile), TextRole::Body, InkLabel::Ink::Text2, this), 1);
    auto* heads = new QGridLayout;
    heads->setHorizontalSpacing(scaled(12));
    heads->setVerticalSpacing(scaled(8));
    heads->setColumnStretch(1, 1);
    const std::pair<QString, PayloadRef> sides[] = {{tr("Before"), before}, {tr("After"), after}};
    for (const auto& [title, payload] : sides) {
        const int row = heads->rowCount();
        auto* words = new InkLabel(payloadWords(payload), TextRole::Body, InkLabel::Ink::Text2, this);
        words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse);
        heads->addWidget(new InkLabel(title, TextRole::Emphasis, InkLabel::Ink::Text, this), row, 0);
        heads->addWidget(words, row, 1);
    }
    auto* ways = new QHBoxLayout;
    ways->setSpacing(scaled(12));
    ways->addWidget(m_switch);
    ways->addWidget(m_sentence, 1);
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12));
    column->setSpacing(scaled(12));
    column->addLayout(store);
    column->addLayout(heads);
    column->addLayout(ways);
    column->addWidget(m_error);
    column->addWidget(m_table, 1);
    column->addLayout(foot);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_switch, &SegmentedSwitch::chosen, this, [this](int view) { setView(static_cast<CompareView>(view)); });
    connect(m_error, &ErrorBar::retryAsked, this, &ComparePayloadsDialog::read);
    m_switch->setFocus();
    read();
}

void ComparePayloadsDialog::read()
{
    m_error->clear();
    auto* backend = m_context.session.backend();
    if (!backend)
        return;
    m_sentence->setText(tr("Reading\u2026"));
    for (Side& side : m_sides) {
        const PayloadRef& payload = side.payload;
        ++m_open;
        switch (payload.kind) {
        case PayloadRef::Kind::Input:
        case PayloadRef::Kind::Output:
            core::whenDone(
                backend->payload(payload.job, payload.kind == PayloadRef::Kind::Input ? PayloadPart::Input : PayloadPart::Output), this,
                [this, &side](const Result<QByteArray>& bytes) { take(side, bytes); });
            break;
        case PayloadRef::Kind::Delivery:
            core::whenDone(backend->delivery(payload.delivery), this, [this, &side](const Result<core::webhooks::Delivery>& delivery) {
                take(side, delivery.map([](const auto& one) { return one.body; }));
            });
            break;
        case PayloadRef::Kind::Event: take(side, payload.bytes); break;
        }
    }
}

void ComparePayloadsDialog::take(Side& side, const Result<QByteArray>& bytes)
{
    --m_open;
    const bool isAbsent = !bytes && bytes.error().code == QLatin1StringView("output_missing");
    if (!bytes && !isAbsent)
        return fail(tr("The payloads could not be read."), bytes.error());
    side.isRead = true;
    side.bytes = bytes ? std::optional(*bytes) : std::nullopt;
    if (m_sides[0].isRead && m_sides[1].isRead)
        compare();
}

void ComparePayloadsDialog::setView(CompareView view)
{
    m_view = view;
    m_switch->setCurrent(static_cast<int>(view));
    if (m_sides[0].isRead && m_sides[1].isRead)
        compare();
}

QString ComparePayloadsDialog::sentence() const
{
    return m_sentence->text();
}

void ComparePayloadsDialog::compare()
{
    const CompareRequest request{m_sides[0].bytes, m_sides[1].bytes, m_view, core::JobType::Unknown};
    QStringList absent;
    if (!request.before)
        absent << tr("The first has no output.");
    if (!request.after)
        absent << tr("The second has no output.");
    ++m_open;
    ++m_round;
    m_error->clear();
    m_sentence->setText(tr("Comparing\u2026"));
    core::whenDone(m_lane.run([request] { return compareDocuments(request); }), this,
                   [this, absent, round = m_round](const Result<CompareAnswer>& answer) {
                       --m_open;
                       if (round != m_round)
                           return;
                       if (!answer)
                           return fail(tr("They could not be compared by meaning; as text they can."), answer.error());
                       m_table->setRows(answer->columns, answer->rows);
                       m_sentence->setText((absent + QStringList{answer->sentence}).join(QLatin1Char(' ')));
                   });
}

void ComparePayloadsDialog::fail(const QString& what, const core::Error& error)
{
    m_table->setRows(m_table->diff().columns(), {});
    m_sentence->setText({});
    m_error->showError(what, error, tr("Comparing changes nothing."));
}

}
