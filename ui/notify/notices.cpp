// SPDX-License-Identifier: Apache-2.0
#include "ui/notify/notices.h"

#include "ui/base/format.h"
#include "ui/notify/job_notices.h"
#include "ui/notify/notice_choice.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"
#include "ui/window/task_area.h"

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
    connect(&window.tasks(), &TaskArea::taskEnded, this,
            [this, &window](const QString& title, const QString& ending, bool failed) { tellOfTask(window, title, ending, failed); });
}

void Notices::followJobs(StoreSession& session)
{
    if (m_sessions.contains(&session))
        return;
    m_sessions << &session;
    connect(&session, &QObject::destroyed, this, [this, gone = &session] { m_sessions.removeAll(gone); });
    auto* jobs = new JobNotices(session, m_preferences, *m_notifier, &session);    // ends with what it listens to
    jobs->setIsLookedAt([this, &session] {
        const auto windows = windowsOf(session);
        return std::any_of(windows.begin(), windows.end(), [](const MainWindow* window) { return window->isActiveWindow(); });
    });
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

void Notices::tellOfTask(MainWindow& window, const QString& title, const QString& ending, bool failed)
{
    if (window.isActiveWindow() || !wantsNotices(m_preferences, NoticeKind::Tasks))
        return;
    m_notifier->show({plainLine(title), plainLine(ending), failed}, {}, [window = QPointer(&window)] {
        if (window)
            bringToFront(*window);
    });
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
