// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/broker_tab.h"

#include "ui/base/format.h"
#include "ui/base/record_table.h"
#include "ui/inspector/why_findings.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"

#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::HostFailures;
using core::backend::JobStory;

namespace {

constexpr int beatMs = 2000;

}

BrokerTab::BrokerTab(const UiContext& ui, QWidget* parent)
    : StoryTab(ui, parent),
      m_facts(new RecordTable(
          tr("Broker"),
          new RecordModel({{tr("Of"), false, false, false}, {tr("What"), false, false, false}, {tr("Value"), false, true, true}}), this))
{
    m_facts->setFrameShape(QFrame::NoFrame);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_facts);
    m_beat.setInterval(beatMs);
    connect(&m_beat, &QTimer::timeout, this, &BrokerTab::readQueue);
    m_beat.start();
}

void BrokerTab::forget()
{
    m_story = {};
    m_facts->records()->setRecords({});
}

void BrokerTab::showStory(const JobStory& story, const QList<HostFailures>&)
{
    m_story = story;
    showFacts();
}

void BrokerTab::readQueue()
{
    auto* backend = ui().session.backend();
    if (!isVisible() || m_story.job.id.isEmpty() || !backend || !ui().session.isLive())
        return;
    core::whenDone(backend->queueState(), this, [this](const core::Result<core::backend::QueueState>& queue) {
        if (!queue || m_story.job.id.isEmpty())
            return;    // the session tells of a store that is away
        m_story.queue = *queue;
        showFacts();
    });
}

void BrokerTab::showFacts()
{
    const core::Time now = core::base::systemNow();
    const QTimeZone zone = ui().preferences.timeZone();
    QList<Record> records;
    const auto add = [&records](const QString& of, const QString& what, const QString& value, std::optional<JobState> ink = {}) {
        Record record;
        record.key = of + u'/' + what;
        record.cells = {of, what, value};
        record.state = ink;
        record.stateCell = ink ? 2 : -1;
        record.tips = {QString(), QString(), value};
        records.append(record);
    };
    const auto ago = [&](core::Time at) { return tr("%1 (%2)").arg(relativeTime(at, now), exactTime(at, zone)); };
    add(tr("Job"), tr("Broker reference"), m_story.job.brokerId);
    if (m_story.messages.isEmpty())
        add(tr("Message"), tr("State"), core::jobs::isTerminal(m_story.job.status) ? tr("none: the job is over") : tr("none in the queue"));
    for (const auto& message : std::as_const(m_story.messages)) {
        const QString of = m_story.messages.size() == 1 ? tr("Message") : tr("Message %1").arg(message.position);
        add(of, tr("State"), message.leasedBy.isEmpty() ? tr("waits") : message.abort ? tr("leased, asked to stop") : tr("leased"));
        add(of, tr("Queue"), message.queue);
        add(of, tr("Before it"), message.leasedBy.isEmpty() ? countText(m_story.waitingBefore) : QString());
        add(of, tr("Id"), message.id.text);
        add(of, tr("Actor"), message.actor);
        add(of, tr("Leased by"), message.leasedBy);
        add(of, tr("Crashes"), QString::number(message.crashes), message.crashes > 0 ? std::optional(JobState::CancelAsked) : std::nullopt);
        add(of, tr("Queued"), ago(message.createdAt));
    }
    add(tr("Queue"), tr("State"), m_story.queue.paused ? tr("paused") : tr("open"),
        m_story.queue.paused ? std::optional(JobState::CancelAsked) : std::nullopt);
    add(tr("Queue"), tr("Waiting"), countText(m_story.queue.waiting));
    add(tr("Queue"), tr("Leased"), countText(m_story.queue.leased));
    if (m_story.queue.workers.isEmpty())
        add(tr("Workers"), tr("State"), tr("none"));
    for (const auto& worker : std::as_const(m_story.queue.workers)) {
        const bool hasIt = std::any_of(m_story.messages.begin(), m_story.messages.end(),
                                       [&](const auto& message) { return message.leasedBy == worker.id; });
        const QString of = (hasIt ? tr("Its worker %1") : tr("Worker %1")).arg(worker.id.left(8));
        const bool alive = isAlive(worker, now);
        add(of, tr("Last sign of life"), ago(worker.lastSeenAt), alive ? std::nullopt : std::optional(JobState::Failed));
        add(of, tr("State"), alive ? worker.state : tr("silent for longer than its lease"),
            alive ? std::nullopt : std::optional(JobState::Failed));
        add(of, tr("Process"), tr("%1 on %2, %3 threads").arg(worker.pid).arg(worker.host).arg(worker.threads));
        add(of, tr("Started"), ago(worker.startedAt));
    }
    m_facts->records()->setRecords(records);
}

}
