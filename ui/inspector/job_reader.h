// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QObject>

namespace ui {

class StoreSession;

/// Reads one job's story and reads it again as the job changes. Asks for one thing at a time: of a quick row of show() calls only
/// the last is answered.
class JobReader final : public QObject {
    Q_OBJECT

public:
    explicit JobReader(StoreSession& session, QObject* parent = nullptr);
    void show(const core::JobId& id);
    void clear();
    /// Reads again now, also while live is off.
    void refresh();
    [[nodiscard]] const core::JobId& id() const { return m_id; }
    [[nodiscard]] const std::optional<core::backend::JobStory>& story() const { return m_story; }
    /// How jobs of its type ended by host, for one that failed; empty until that is known.
    [[nodiscard]] const QList<core::backend::HostFailures>& hosts() const { return m_hosts; }

signals:
    void storyRead();
    void hostsRead();
    void jobGone(const core::Error& error);
    void readFailed(const core::Error& error);

private:
    void noteChanges(const QList<core::jobs::JobEvent>& events);
    void read();
    void take(const core::JobId& asked, const core::Result<core::backend::JobStory>& story);
    void readHosts();

    StoreSession& m_session;
    core::JobId m_id;
    std::optional<core::backend::JobStory> m_story;
    QList<core::backend::HostFailures> m_hosts;
    core::JobId m_hostsOf;
    bool m_reading = false;
    bool m_again = false;
};

}
