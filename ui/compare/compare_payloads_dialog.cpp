// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_payloads_dialog.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/compare/compare_pane.h"
#include "ui/session/store_session.h"
#include "ui/theme/metrics.h"

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
    : QDialog(parent), m_context(context), m_sides{Side{before, {}, false}, Side{after, {}, false}}, m_pane(new ComparePane(lane, this))
{
    const ConnectionProfile& profile = context.session.profile();
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Compare payloads \u2013 %1").arg(plainLine(profile.name)));
    resize(scaled(1170), scaled(720));
    setMinimumSize(scaled(640), scaled(360));
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
    auto* close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12));
    column->setSpacing(scaled(12));
    column->addLayout(compareHead(profile, tr("Compare payloads"), this));
    column->addLayout(heads);
    column->addWidget(m_pane, 1);
    column->addLayout(foot);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_pane, &ComparePane::viewChosen, this, &ComparePayloadsDialog::compare);
    connect(m_pane, &ComparePane::retryAsked, this, &ComparePayloadsDialog::read);
    m_pane->setFocus();
    read();
}

void ComparePayloadsDialog::read()
{
    m_pane->clearError();
    auto* backend = m_context.session.backend();
    if (!backend)
        return;
    m_pane->showReading();
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
        return m_pane->fail(tr("The payloads could not be read."), bytes.error());
    side.isRead = true;
    side.bytes = bytes ? std::optional(*bytes) : std::nullopt;
    compare();
}

void ComparePayloadsDialog::compare()
{
    if (m_sides[0].isRead && m_sides[1].isRead)
        m_pane->compare({m_sides[0].bytes, m_sides[1].bytes, CompareView::Meaning, core::JobType::Unknown}, true);
}

void ComparePayloadsDialog::setView(CompareView view)
{
    m_pane->setView(view);
}

bool ComparePayloadsDialog::isSettled() const
{
    return m_open == 0 && m_pane->isSettled();
}

DiffTable& ComparePayloadsDialog::table() const
{
    return m_pane->table();
}

QString ComparePayloadsDialog::sentence() const
{
    return m_pane->sentence();
}

}
