// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/notify/desktop_notifier.h"

#include <QHash>
#include <QList>
#include <QPointer>

namespace ui {

class JobNotices;
class MainWindow;
class Preferences;
class StoreSession;

/// Desktop notifications of the whole program: ends of jobs of every store that a window shows, and of background tasks of
/// connections whose windows nobody looks at. A click brings the window to the front and shows the job.
class Notices final : public QObject {
    Q_OBJECT

public:
    Notices(const Preferences& preferences, std::unique_ptr<DesktopNotifier> notifier, QObject* parent = nullptr);
    ~Notices() override;
    /// From now on, until the window goes.
    void follow(MainWindow& window);

private:
    void followJobs(StoreSession& session);
    void tellOfTask(StoreSession& session, const QString& title, const QString& ending, bool failed);
    [[nodiscard]] bool isLookedAt(const StoreSession& session) const;
    [[nodiscard]] QList<MainWindow*> windowsOf(const StoreSession& session) const;

    const Preferences& m_preferences;
    std::unique_ptr<DesktopNotifier> m_notifier;
    QList<QPointer<MainWindow>> m_windows;
    QList<StoreSession*> m_sessions;    // only compared
};

}
