// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>

namespace ui {

class JobsModel;
class StoreSession;

/// Keeps the window of rows live. Jobs it holds are read again when something happened to them, in batches, one on its way at a time.
/// Whether new jobs match is asked of the store by reading the top of the list again: they come in at once, or wait while a person
/// reads or selects.
class JobsFeed final : public QObject {
    Q_OBJECT

public:
    JobsFeed(StoreSession& session, JobsModel& model, QObject* parent = nullptr);

    /// Held: new rows wait. Let go: they come in.
    void setHeld(bool held);
    [[nodiscard]] bool isHeld() const { return m_held; }
    [[nodiscard]] int waiting() const { return m_waiting; }
    [[nodiscard]] bool isMoreWaiting() const { return m_moreWaiting; }    ///< there are more than waiting()
    /// Reads all rows of the window again, and looks for new ones.
    void readAgain();
    /// Whoever showed the top of the list anew has shown what waited.
    void forgetWaiting();

signals:
    void waitingChanged();

private:
    void noteEvents(const QList<core::jobs::JobEvent>& events);
    void readTouched();
    void touchAll();
    /// At most once in a while, however often changes are told: the top of the list is a page to read and to compare. Seldom where that takes long.
    void lookSoon();
    void rest(std::chrono::steady_clock::duration took);
    void endRest();
    void look();
    void takeTop(const core::jobs::JobPage& page);
    void setWaiting(int count, bool more);

    StoreSession& m_session;
    JobsModel& m_model;
    QSet<core::JobId> m_touched;
    std::optional<core::jobs::JobKey> m_topKey;    // of the first row of the list, while the window's top is elsewhere
    bool m_held = false;
    bool m_reading = false;
    bool m_looking = false;
    bool m_lookAgain = false;
    bool m_lookDue = false;    // when m_breath ends, which begins as a look ends
    QTimer m_breath;
    int m_waiting = 0;
    bool m_moreWaiting = false;
};

}
