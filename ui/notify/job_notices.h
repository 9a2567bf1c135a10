// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/notify/desktop_notifier.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include <functional>

namespace ui {

class Preferences;
class StoreSession;

/// Ends of jobs of one store, as desktop notifications: one for all that end within a moment. Nothing is told of what the person has just
/// done in a window of this store that they are looking at, nor of what ended long ago and was only brought in now.
class JobNotices final : public QObject {
    Q_OBJECT

public:
    static constexpr int momentMs = 1000;

    JobNotices(StoreSession& session, const Preferences& preferences, DesktopNotifier& notifier, QObject* parent);
    /// Whether a window of this store has the focus.
    void setIsLookedAt(std::function<bool()> isLookedAt) { m_isLookedAt = std::move(isLookedAt); }
    /// Between two notifications of a store; tests shorten it.
    void setGap(std::chrono::milliseconds gap) { m_gap = gap; }

signals:
    /// A person clicked: on one job, or on what tells of many (an empty id).
    void chosen(const core::JobId& job);

private:
    void hear(const QList<core::jobs::JobEvent>& events);
    void note(const core::jobs::JobEvent& event, core::Time now);
    void forgetOldActs(core::Time now);
    [[nodiscard]] bool isWanted(core::JobStatus status) const;
    void tell();
    void tellOne(const core::JobId& id);
    [[nodiscard]] std::function<void()> whenClicked(const core::JobId& id);
    void tellMany(const QHash<core::JobId, core::JobStatus>& ended);

    StoreSession& m_session;
    const Preferences& m_preferences;
    DesktopNotifier& m_notifier;
    std::function<bool()> m_isLookedAt = [] { return false; };
    std::chrono::milliseconds m_gap;
    QHash<core::JobId, core::JobStatus> m_ended;    // since the last notification
    QHash<core::JobId, core::Time> m_acts;          // what the person did a moment ago; some of it a little longer ago
    core::Time m_forgotAt{};
    QString m_person;
    QTimer m_timer;
    QElapsedTimer m_sinceLast;
};

}
