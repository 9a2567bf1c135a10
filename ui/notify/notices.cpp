// SPDX-License-Identifier: Apache-2.0
#include "ui/notify/notices.h"

#include "ui/base/format.h"
#include "ui/notify/job_notices.h"
#include "ui/notify/notice_choice.h"
#include "ui/session/background_tasks.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"

#include <algorithm>

namespace ui {

namespace {

void bringToFront(MainWindow& window)
{
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.raise();
    window.activateWindow();
}

}

Notices::Notices(const Preferences& preferences, std::unique_ptr<DesktopNotifier> notifier, QObject* parent)
    : QObject(parent), m_preferences(preferences), m_notifier(std::move(notifier))
{
}

Notices::~Notices() = default;

void Notices::follow(MainWindow& window)
{
    m_windows.removeAll(nullptr);
    m_windows << &window;
    followJobs(window.session());
}

void Notices::followJobs(StoreSession& session)
{
    if (m_sessions.contains(&session))
        return;
    m_sessions << &session;
    connect(&session, &QObject::destroyed, this, [this, gone = &session] { m_sessions.removeAll(gone); });
    connect(&session.tasks(), &BackgroundTasks::taskEnded, this,
            [this, &session](const QString& title, const QString& ending, bool failed) { tellOfTask(session, title, ending, failed); });
    auto* jobs = new JobNotices(session, m_preferences, *m_notifier, &session);    // ends with what it listens to
    jobs->setIsLookedAt([this, &session] { return isLookedAt(session); });
    connect(jobs, &JobNotices::chosen, this, [this, &session](const core::JobId& job) {
        const auto windows = windowsOf(session);
        if (windows.isEmpty())
            return;
        bringToFront(*windows.last());
        if (job.isEmpty())
            windows.last()->showPage(Page::Jobs);
        else
            windows.last()->showJob(job);
    });
}

void Notices::tellOfTask(StoreSession& session, const QString& title, const QString& ending, bool failed)
{
    if (isLookedAt(session) || !wantsNotices(m_preferences, NoticeKind::Tasks))
        return;
    const auto windows = windowsOf(session);    // none: the connection was closed, and only its tasks went on
    m_notifier->show({plainLine(title), plainLine(ending), failed}, {}, [window = QPointer(windows.isEmpty() ? nullptr : windows.last())] {
        if (window)
            bringToFront(*window);
    });
}

bool Notices::isLookedAt(const StoreSession& session) const
{
    const auto windows = windowsOf(session);
    return std::any_of(windows.begin(), windows.end(), [](const MainWindow* window) { return window->isActiveWindow(); });
}

QList<MainWindow*> Notices::windowsOf(const StoreSession& session) const
{
    QList<MainWindow*> windows;
    for (const auto& window : m_windows) {
        if (window && &window->session() == &session)
            windows << window;
    }
    return windows;
}

}
