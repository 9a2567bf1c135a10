// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/edit_event_dialog.h"

#include "core/backend/delivery_acts.h"
#include "ui/base/exact_text_edit.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/scroll_area.h"
#include "ui/deliveries/body_text.h"
#include "ui/replay/delivery_change.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/text_size.h"

#include <QHBoxLayout>
#include <QJsonDocument>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::Mode;
using core::tasks::WebhookOutcome;
using core::webhooks::Delivery;

namespace {

/// Where text ceases to be a JSON object; empty where it is one.
QString jsonProblem(const QByteArray& bytes)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        const qsizetype line = bytes.left(error.offset).count('\n') + 1;
        return EditEventDialog::tr("Not JSON, line %1: %2").arg(line).arg(error.errorString());
    }
    return document.isObject() ? QString() : EditEventDialog::tr("An event is a JSON object.");
}

}

EditEventDialog::EditEventDialog(const UiContext& context, const core::DeliveryId& id, QWidget* parent)
    : ActDialog(context.session.profile(), tr("Send an edited event"), parent),
      m_context(context),
      m_id(id),
      m_text(new ExactTextEdit(this)),
      m_check(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_change(new DeliveryChange(context.preferences.timeZone(), this)),
      m_dryRun(addSecondary(tr("Dry run")))
{
    resize(scaled(1000), scaled(620));
    keepFont(m_text, TextRole::MonoSmall);
    m_text->setAccessibleName(tr("Body of the event"));
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(ExactTextEdit::WidgetWidth);
    m_check->setWordWrap(true);
    auto* left = new QVBoxLayout;
    left->setSpacing(scaled(8));
    left->addWidget(new InkLabel(tr("Body to send"), TextRole::SmallEmphasis, InkLabel::Ink::Text2, this));
    left->addWidget(m_text, 1);
    left->addWidget(m_check);
    auto* panes = new QHBoxLayout;
    panes->setSpacing(scaled(16));
    panes->addLayout(left, 1);
    panes->addWidget(scrollAreaOf(m_change, tr("What it would change"), this), 1);
    body()->addLayout(panes, 1);
    setScope(tr("1 manual event"), tr("made from delivery %1, which stays as it came").arg(id.text), false);
    setTargets(1);
    m_change->showNothing(tr("Nothing was run yet."));
    connect(m_text, &ExactTextEdit::textChanged, this, &EditEventDialog::noteEdit);
    connect(m_dryRun, &QPushButton::clicked, this, &EditEventDialog::dryRun);
    connect(this, &ActDialog::actAsked, this, &EditEventDialog::send);
    m_text->setEnabled(false);
    refreshAct();
    read();
}

void EditEventDialog::read()
{
    auto* backend = m_context.session.backend();
    if (!backend)
        return;
    core::whenDone(backend->delivery(m_id), this, [this](const core::Result<Delivery>& delivery) {
        if (delivery)
            showBody(*delivery);
        else
            showError(tr("The delivery could not be read."), delivery.error(), tr("Nothing was sent."));
    });
}

void EditEventDialog::showBody(const Delivery& delivery)
{
    m_job = delivery.jobId;
    const bool isText = delivery.body.size() > ExactTextEdit::largestEdited ? beginsAsText(delivery.body) : isReadableText(delivery.body);
    m_text->setEnabled(true);
    m_text->setBytes(isText ? delivery.body : QByteArray());
    m_text->setFocus();
    noteEdit();
    if (!isText)
        m_check->setText(tr("The body is no text; write a new one."));
}

void EditEventDialog::noteEdit()
{
    m_wrong = m_text->whyOnlyShown().isEmpty() ? jsonProblem(m_text->bytes()) : m_text->whyOnlyShown();
    m_check->setInk(m_wrong.isEmpty() ? InkLabel::Ink::Text2 : InkLabel::Ink::Failed);
    m_check->setText(
        m_wrong.isEmpty()
            ? tr("JSON. It is sent as a manual event: no signature, its own line in the journal. Changed, it gets an event_id of its own.")
            : m_wrong);
    if (m_text->bytes() != m_foreseen)
        m_change->showNothing(m_foreseen.isNull() ? tr("A dry run shows here what it would change.")
                                                  : tr("The text was changed since the last dry run."));
    refreshAct();
}

void EditEventDialog::dryRun()
{
    auto* backend = m_context.session.backend();
    if (!backend || !m_job)
        return;
    m_isRunning = true;
    refreshAct();
    const QByteArray text = m_text->bytes();
    core::whenDone(core::backend::deliveryActs(*backend).postEdited(m_context.session.caller(), m_id, text, Mode::DryRun), this,
                   [this, text](const core::Result<WebhookOutcome>& outcome) {
                       m_isRunning = false;
                       if (!outcome) {
                           refreshAct();
                           showError(tr("The dry run did not end."), outcome.error(), tr("Nothing was written."));
                           return;
                       }
                       m_foreseen = text;
                       if (m_text->bytes() == text)
                           m_change->showOutcome(*outcome);
                       refreshAct();
                   });
}

void EditEventDialog::send()
{
    auto* backend = m_context.session.backend();
    if (!backend || !m_job)
        return;
    setBusy(true);
    m_text->setReadOnly(true);
    core::whenDone(
        core::backend::deliveryActs(*backend).postEdited(m_context.session.caller(), m_id, m_text->bytes(), Mode::Apply, reason()), this,
        [this](const core::Result<WebhookOutcome>& outcome) {
            m_text->setReadOnly(false);
            if (!outcome)
                return showError(tr("The event was not sent."), outcome.error(), tr("The job is as it was."));
            emit sent(*outcome);
            close();
        });
}

void EditEventDialog::refreshAct()
{
    const auto capabilities = m_context.session.capabilities();
    const bool mayRun = m_job && m_wrong.isEmpty() && !m_isRunning;
    m_dryRun->setEnabled(mayRun);
    QString why;
    if (!capabilities.canWrite)
        why = capabilities.whyReadOnly;
    else if (!m_text->isEnabled())
        why = tr("The delivery is being read.");
    else if (!m_job)
        why = tr("The delivery names no job to send it to.");
    else if (!m_wrong.isEmpty())
        why = m_text->whyOnlyShown().isEmpty() ? tr("Mend the JSON first.") : tr("The body is only shown.");
    else if (m_isRunning)
        why = tr("The dry run is under way.");
    else if (m_foreseen != m_text->bytes())
        why = tr("Run it dry first.");
    setAct(tr("Send 1 manual event"), why);
}

}
