// SPDX-License-Identifier: Apache-2.0
#include "ui/notify/job_notices.h"

#include "ui/base/format.h"
#include "ui/notify/notice_choice.h"
#include "ui/session/store_session.h"

#include <QPointer>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using core::JobStatus;
using core::jobs::JobEvent;

namespace {

constexpr auto justDone = 10s;      // an act and what follows from it at once
constexpr auto forgetEvery = 1s;    // acts on many leave tens of thousands, and events come fifty times a second
constexpr auto longAgo = 5min;      // brought in from elsewhere, or slept through
constexpr auto shortGap = 5s;       // of a person's own store
constexpr auto longGap = 60s;       // of a store where others work, too

}

JobNotices::JobNotices(StoreSession& session, const Preferences& preferences, DesktopNotifier& notifier, QObject* parent)
    : QObject(parent),
      m_session(session),
      m_preferences(preferences),
      m_notifier(notifier),
      m_gap(session.profile().environment == Environment::Embedded ? shortGap : longGap),
      m_person(session.caller().operatorName)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &JobNotices::tell);
    connect(&session, &StoreSession::changed, this, &JobNotices::hear);
    connect(&session, &StoreSession::overran, this, &JobNotices::hear);
}

void JobNotices::hear(const QList<JobEvent>& events)
{
    const core::Time now = core::base::systemNow();
    forgetOldActs(now);
    for (const JobEvent& event : events)
        note(event, now);
    if (m_ended.isEmpty() || m_timer.isActive())
        return;
    const qint64 since = m_sinceLast.isValid() ? m_sinceLast.elapsed() : m_gap.count();
    m_timer.start(static_cast<int>(std::max<qint64>(momentMs, m_gap.count() - since)));
}

void JobNotices::note(const JobEvent& event, core::Time now)
{
    if (event.createdAt < now - longAgo)
        return;
    if (event.actor == m_person)
        m_acts.insert(event.jobId, event.createdAt);
    const JobStatus status = core::jobs::parseStatus(event.statusText);
    // a worker that confirms a cancel, or a job that was taken home, has ended before
    const bool isEnd = core::jobs::isTerminal(status) && event.eventType != "cancel_acknowledged"_L1 && event.eventType != "taken_home"_L1;
    if (!isEnd || !isWanted(status))
        return;
    const auto act = m_acts.constFind(event.jobId);
    if (act != m_acts.constEnd() && *act >= now - justDone && m_isLookedAt())
        return;
    m_ended.insert(event.jobId, status);
}

void JobNotices::forgetOldActs(core::Time now)
{
    if (now - m_forgotAt < forgetEvery)
        return;
    m_forgotAt = now;
    m_acts.removeIf([now](const auto& act) { return act.value() < now - justDone; });
}

bool JobNotices::isWanted(JobStatus status) const
{
    switch (status) {
    case JobStatus::Done: return wantsNotices(m_preferences, NoticeKind::Done);
    case JobStatus::Failed: return wantsNotices(m_preferences, NoticeKind::Failed);
    case JobStatus::Cancelled: return wantsNotices(m_preferences, NoticeKind::Cancelled);
    case JobStatus::Pending:
    case JobStatus::Running:
    case JobStatus::Unknown: return false;
    }
    Q_UNREACHABLE();
}

void JobNotices::tell()
{
    m_sinceLast.start();
    const auto ended = std::exchange(m_ended, {});
    if (ended.size() == 1)
        tellOne(ended.begin().key());
    else if (!ended.isEmpty())
        tellMany(ended);
}

void JobNotices::tellOne(const core::JobId& id)
{
    if (!m_session.backend())
        return;
    core::whenDone(m_session.backend()->jobRows({id}), this, [this, id](const core::Result<QList<core::jobs::JobSummary>>& rows) {
        if (!rows || rows->isEmpty())
            return;
        const core::jobs::JobSummary& job = rows->first();
        constexpr int longest = 300;
        const QString message = plainLine(messageOf(job, core::base::systemNow())).left(longest);
        const QString title = u"%1 %2"_s.arg(typeTitle(job.type, plainLine(job.typeText)), plainLine(statusWord(job)));
        const QString from = plainLine(m_session.profile().name);
        m_notifier.show({title, message.isEmpty() ? from : u"%1 \u00b7 %2"_s.arg(from, message), job.status == JobStatus::Failed}, {},
                        whenClicked(id));
    });
}

void JobNotices::tellMany(const QHash<core::JobId, JobStatus>& ended)
{
    QStringList counts;
    for (const JobStatus status : {JobStatus::Failed, JobStatus::Cancelled, JobStatus::Done}) {
        const auto count = std::count(ended.begin(), ended.end(), status);
        if (count > 0)
            counts << u"%1 %2"_s.arg(countText(count), core::jobs::statusName(status));
    }
    const bool anyFailed = std::find(ended.begin(), ended.end(), JobStatus::Failed) != ended.end();
    m_notifier.show({tr("%1 jobs ended").arg(countText(ended.size())),
                     u"%1 \u00b7 %2"_s.arg(plainLine(m_session.profile().name), counts.join(u", "_s)), anyFailed},
                    u"many "_s + m_session.profile().id, whenClicked({}));
}

/// The desktop may keep a notification for longer than the store is open.
std::function<void()> JobNotices::whenClicked(const core::JobId& id)
{
    return [self = QPointer(this), id] {
        if (self)
            emit self->chosen(id);
    };
}

}
