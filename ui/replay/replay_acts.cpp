// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/replay_acts.h"

#include "ui/base/format.h"
#include "ui/replay/edit_event_dialog.h"
#include "ui/replay/replay_dialog.h"
#include "ui/replay/replay_run.h"
#include "ui/replay/replay_words.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/window/task_area.h"

namespace ui {

using namespace Qt::StringLiterals;

ReplayActs::ReplayActs(const UiContext& context, TaskArea& tasks, QWidget* window)
    : QObject(window), m_context(context), m_tasks(context, tasks, window), m_window(window)
{
}

ReplayDialog* ReplayActs::ask(const QList<core::webhooks::Delivery>& deliveries, const QString& from)
{
    if (m_dialog)
        m_dialog->close();
    m_dialog = new ReplayDialog(m_context, deliveries, from, m_window);
    connect(m_dialog, &ReplayDialog::replayAsked, this, &ReplayActs::replay);
    connect(m_dialog, &ReplayDialog::editAsked, this, &ReplayActs::askToEdit);
    m_dialog->open();
    return m_dialog;
}

EditEventDialog* ReplayActs::askToEdit(const core::DeliveryId& id)
{
    if (m_editor)
        m_editor->close();
    m_editor = new EditEventDialog(m_context, id, m_dialog ? static_cast<QWidget*>(m_dialog) : m_window);
    connect(m_editor, &EditEventDialog::sent, this, [this](const core::tasks::WebhookOutcome& outcome) {
        const QString reason = replayReason(outcome);
        emit m_context.navigator.toastAsked(reason.isEmpty() ? tr("The manual event was applied to the job.")
                                                             : tr("The manual event changed nothing: %1").arg(reason));
    });
    m_editor->open();
    return m_editor;
}

ReplayRun* ReplayActs::replay(const QList<core::DeliveryId>& ids, const QString& reason, int perSecond)
{
    auto* run = new ReplayRun(m_context.session, ids, reason, perSecond);
    m_tasks.follow(run,
                   {tr("Replay %1").arg(deliveriesText(ids.size())), tr("Replay"), tr("applied"), tr("Nothing was applied: %1"), false});
    run->start();
    return run;
}

}
