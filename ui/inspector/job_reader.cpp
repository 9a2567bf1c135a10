// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/job_reader.h"

#include "ui/session/store_session.h"

namespace ui {

using core::backend::JobStory;

JobReader::JobReader(StoreSession& session, QObject* parent) : QObject(parent), m_session(session)
{
    connect(&session, &StoreSession::changed, this, &JobReader::noteChanges);
    connect(&session, &StoreSession::changedMuch, this, &JobReader::refresh);
    // A link or a restored place names its job before the store is open.
    connect(&session, &StoreSession::stateChanged, this, [this] {
        if (m_session.isOpen() && !m_story)
            refresh();
    });
}

void JobReader::show(const core::JobId& id)
{
    if (m_id != id) {
        m_story.reset();
        m_hosts.clear();
        m_hostsOf = {};
    }
    m_id = id;
    read();
}

void JobReader::clear()
{
    m_id = {};
    m_story.reset();
    m_hosts.clear();
    m_again = false;
}

void JobReader::refresh()
{
    if (!m_id.isEmpty())
        read();
}

void JobReader::noteChanges(const QList<core::jobs::JobEvent>& events)
{
    const auto concerns = [this](const core::jobs::JobEvent& event) { return event.jobId == m_id; };
    const bool waits = m_story && m_story->job.status == core::JobStatus::Pending;    // what others do moves its place in the queue
    if (!m_id.isEmpty() && (waits || std::any_of(events.begin(), events.end(), concerns)))
        read();
}

void JobReader::read()
{
    if (m_reading) {
        m_again = true;
        return;
    }
    auto* backend = m_session.backend();
    if (!backend || m_id.isEmpty())
        return;
    m_reading = true;
    m_again = false;
    core::whenDone(backend->jobStory(m_id), this, [this, asked = m_id](const core::Result<JobStory>& story) { take(asked, story); });
}

void JobReader::take(const core::JobId& asked, const core::Result<JobStory>& story)
{
    m_reading = false;
    if (asked == m_id) {
        if (story) {
            m_story = *story;
            emit storyRead();
            readHosts();
        } else if (story.error().kind == core::ErrorKind::NotFound) {
            m_story.reset();
            emit jobGone(story.error());
        } else {
            emit readFailed(story.error());
            m_session.noteFailure(story.error());
        }
    }
    if (m_again || (asked != m_id && !m_id.isEmpty()))
        read();
}

/// Once for each job that failed: it looks at many rows.
void JobReader::readHosts()
{
    if (m_story->job.status != core::JobStatus::Failed || m_hostsOf == m_id)
        return;
    m_hostsOf = m_id;
    const core::Time since = m_story->job.createdAt - std::chrono::hours(24);
    core::whenDone(m_session.backend()->failuresByHost(m_story->job.typeText, m_story->job.errorCode, since), this,
                   [this, asked = m_id](const core::Result<QList<core::backend::HostFailures>>& hosts) {
                       if (asked != m_id || !hosts)
                           return;    // it is only one finding more
                       m_hosts = *hosts;
                       emit hostsRead();
                   });
}

}
