// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/queues/queues_page.h"

#include "ui/acts/act_reasons.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/base/row_table.h"
#include "ui/pages/frame/paged_list.h"
#include "ui/pages/queues/pause_queue_dialog.h"
#include "ui/session/navigator.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QAction>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::broker::AttemptUnderWay;
using core::broker::Worker;

namespace {

/// By the wall clock, for people: the workers themselves judge by a clock that cannot be set.
bool isSilent(const Worker& worker, core::Time now)
{
    return now - worker.lastSeenAt > std::chrono::microseconds(worker.leaseUs);
}

RowCell workerState(const Worker& worker, core::Time now)
{
    if (isSilent(worker, now))
        return {.text = QueuesPage::tr("No sign of life"), .ink = RowInk::Failed, .icon = u"state-failed"_s};
    if (worker.state == u"draining")
        return {.text = QueuesPage::tr("Finishing"), .ink = RowInk::Warning, .icon = u"state-cancel-asked"_s};
    if (worker.state == u"running")
        return {.text = QueuesPage::tr("At work"), .ink = RowInk::Secondary, .icon = u"worker"_s};
    return {.text = plainLine(worker.state), .ink = RowInk::Unknown, .icon = u"state-unknown"_s};
}

RowCell jobState(const AttemptUnderWay& run)
{
    const auto status = core::jobs::parseStatus(run.jobStatusText);
    if (status == core::JobStatus::Running)
        return {.text = run.jobStatusText, .ink = RowInk::Running, .icon = u"state-running"_s};
    if (status == core::JobStatus::Cancelled)
        return {.text = QueuesPage::tr("Still stopping"), .ink = RowInk::Warning, .icon = u"state-cancel-asked"_s};
    return {.text = plainLine(run.jobStatusText), .ink = RowInk::Unknown, .icon = u"state-unknown"_s};
}

}

QueuesPage::QueuesPage(const UiContext& context, QWidget* parent)
    : PageFrame(context, tr("Queues"), parent),
      m_queues(new RowTable({{tr("Queue"), 160, false, true},
                             {tr("State"), 140},
                             {tr("Waiting"), 90, true},
                             {tr("Taken"), 90, true},
                             {tr("Waits longest"), 120, true},
                             {tr("Workers"), 90, true}},
                            context.preferences, tr("Queues"))),
      m_workers(new RowTable({{tr("Worker"), 200, false, true},
                              {tr("State"), 150},
                              {tr("Process"), 90, true},
                              {tr("Places"), 72, true},
                              {tr("Lease"), 80, true},
                              {tr("Up for"), 90, true},
                              {tr("Last sign of life"), 130, true}},
                             context.preferences, tr("Workers"))),
      m_attempts(new RowTable({{tr("Job"), 130},
                               {tr("Type"), 116},
                               {tr("State"), 130},
                               {tr("Progress"), 140},
                               {tr("Message"), 160, false, true},
                               {tr("Attempt"), 72, true},
                               {tr("Host"), 120},
                               {tr("Process"), 80, true},
                               {tr("Runs for"), 80, true},
                               {tr("Worker seen"), 96, true}},
                              context.preferences, tr("Attempts under way"))),
      m_workersNote(new InkLabel(TextRole::Small, InkLabel::Ink::Text2)),
      m_attemptsNote(new InkLabel(TextRole::Small, InkLabel::Ink::Text2)),
      m_why(new InkLabel(TextRole::Small, InkLabel::Ink::Text2)),
      m_pause(new QAction(this))
{
    setPolls(std::chrono::seconds(2));    // no event tells of a sign of life
    connect(m_pause, &QAction::triggered, this, &QueuesPage::askToPause);
    connect(&context.session, &StoreSession::stateChanged, this, &QueuesPage::showAct);
    m_queues->addAction(m_pause);
    auto* pause = new QToolButton(this);
    pause->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    pause->setDefaultAction(m_pause);
    pause->setFocusPolicy(Qt::StrongFocus);
    addToTitle(pause);
    auto* layout = new QVBoxLayout(content());
    layout->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    layout->setSpacing(scaled(8));
    layout->addWidget(m_why);
    layout->addWidget(m_queues);
    layout->addSpacing(scaled(8));
    layout->addWidget(new InkLabel(tr("Workers"), TextRole::Emphasis, InkLabel::Ink::Text));
    layout->addWidget(m_workersNote);
    layout->addWidget(m_workers);
    layout->addSpacing(scaled(8));
    layout->addWidget(new InkLabel(tr("Attempts under way"), TextRole::Emphasis, InkLabel::Ink::Text));
    layout->addWidget(m_attemptsNote);
    layout->addWidget(m_attempts, 1);
    layout->addStretch(0);
    setFocusProxy(m_attempts);
    const auto open = [this](const PageRow& row) { emit this->context().navigator.jobTabAsked(row.job, InspectorTab::Attempts); };
    connect(m_attempts, &RowTable::rowActivated, this, open);
    connect(m_attempts, &RowTable::linkActivated, this, open);
    showAct();
}

QString QueuesPage::whyNotPause() const
{
    if (const QString why = whyNoAct(context().session); !why.isEmpty())
        return why;
    return m_queue ? QString() : tr("The queue has not been read yet.");
}

void QueuesPage::showAct()
{
    const bool isPaused = m_queue && m_queue->paused;
    const QString why = whyNotPause();
    m_pause->setText(isPaused ? tr("Resume the queue…") : tr("Pause the queue…"));
    m_pause->setIcon(actionIcon(isPaused ? u"media-playback-start"_s : u"media-playback-pause"_s));
    m_pause->setEnabled(why.isEmpty());
    m_pause->setToolTip(why.isEmpty() ? tr("Asks first, and says what it will do") : plainToolTip(why));
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty() && m_queue);
}

PauseQueueDialog* QueuesPage::askToPause()
{
    if (!whyNotPause().isEmpty())
        return nullptr;
    auto* dialog = new PauseQueueDialog(context().session, *m_queue, this);
    connect(dialog, &PauseQueueDialog::done, this, &QueuesPage::tellDone);
    dialog->open();
    return dialog;
}

void QueuesPage::tellDone(bool paused)
{
    emit context().navigator.toastAsked(paused ? tr("The queue is paused; the journal has a line of it.")
                                               : tr("The queue gives out jobs again; the journal has a line of it."));
    refresh();
}

void QueuesPage::reload()
{
    ask(backend().queuePage(), [this](const core::backend::QueuePage& page) { take(page); });
}

void QueuesPage::take(const core::backend::QueuePage& page)
{
    const core::Time now = core::base::systemNow();
    const core::backend::QueueState& queue = page.queue;
    m_queue = queue;
    showAct();
    PageRow row{queue.queue, {}, {}};
    row.cells = {RowCell{.text = plainLine(queue.queue), .ink = RowInk::Text, .isStrong = true},
                 queue.paused ? RowCell{.text = tr("Paused"), .ink = RowInk::Warning, .icon = u"media-playback-pause"_s}
                              : RowCell{.text = tr("Hands out jobs"), .icon = u"media-playback-start"_s},
                 RowCell{countText(queue.waiting)},
                 RowCell{countText(queue.leased)},
                 page.oldestWaiting ? RowCell{.text = {}, .time = page.oldestWaiting} : RowCell{u"\u2013"_s},
                 RowCell{countText(queue.workers.size())}};
    m_queues->setRows({row});
    m_queues->fitHeight(4);

    QList<PageRow> workers;
    int silent = 0;
    for (const Worker& worker : queue.workers) {
        silent += isSilent(worker, now) ? 1 : 0;
        workers +=
            PageRow{worker.id,
                    {},
                    {RowCell{.text = plainLine(worker.host), .hover = tr("Worker %1").arg(plainLine(worker.id)), .ink = RowInk::Text},
                     workerState(worker, now), RowCell{QString::number(worker.pid)}, RowCell{countText(worker.threads)},
                     RowCell{lengthText(std::chrono::microseconds(worker.leaseUs))}, RowCell{.text = {}, .time = worker.startedAt},
                     RowCell{.text = {}, .time = worker.lastSeenAt, .ink = isSilent(worker, now) ? RowInk::Failed : RowInk::Secondary}}};
    }
    m_workers->setRows(workers);
    m_workers->fitHeight(8);
    m_workers->setVisible(!workers.isEmpty());
    m_workersNote->setVisible(workers.isEmpty() || silent > 0);
    m_workersNote->setText(
        workers.isEmpty() ? tr("No worker is known to this store. Jobs wait until one starts.")
                          : tr("A worker without a sign of life for longer than its lease loses its jobs: they wait in the queue again."));
    takeAttempts(page, now);
}

void QueuesPage::takeAttempts(const core::backend::QueuePage& page, core::Time now)
{
    const QList<AttemptUnderWay>& attempts = page.attempts;
    const auto seen = [&](const AttemptUnderWay& run) -> RowCell {
        if (!run.workerSeenAt)
            return {.text = tr("gone"), .ink = RowInk::Failed};
        const bool silent = std::any_of(page.queue.workers.begin(), page.queue.workers.end(),
                                        [&](const Worker& worker) { return worker.id == run.worker && isSilent(worker, now); });
        return {.text = {}, .time = run.workerSeenAt, .ink = silent ? RowInk::Failed : RowInk::Secondary};
    };
    QList<PageRow> rows;
    for (const AttemptUnderWay& run : attempts) {
        PageRow row{run.jobId.text + u'/' + QString::number(run.attempt), run.jobId, {}};
        row.cells = {jobCell(run.jobId),
                     RowCell{typeShortName(core::jobs::parseJobType(run.jobTypeText), run.jobTypeText)},
                     jobState(run),
                     RowCell{.text = u"%1%"_s.arg(run.progressPct), .ink = jobState(run).ink, .bar = run.progressPct / 100.0},
                     RowCell{plainLine(run.jobMessage)},
                     RowCell{QString::number(run.attempt)},
                     RowCell{plainLine(run.host)},
                     RowCell{QString::number(run.pid)},
                     RowCell{lengthText(now - run.startedAt)},
                     seen(run)};
        rows += row;
    }
    m_attempts->setRows(rows);
    m_attempts->setVisible(!rows.isEmpty());
    m_attemptsNote->setVisible(rows.isEmpty() || attempts.size() == core::broker::attemptsUnderWayCeiling);
    m_attemptsNote->setText(rows.isEmpty() ? tr("Nothing runs at the moment.")
                                           : tr("Only the %1 that run longest.").arg(countText(attempts.size())));
}

}
