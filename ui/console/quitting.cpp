// SPDX-License-Identifier: Apache-2.0
// How the console ends: jobs that its embedded workers run are finished, handed back or left to be asked about.
#include "ui/console/console.h"
#include "ui/console/finishing_window.h"
#include "ui/console/quit_dialog.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <algorithm>

namespace ui {

namespace {

/// Other programs may work on the same store: their jobs go on whatever this one does.
qint64 runningHere(const core::backend::QueuePage& page)
{
    return std::count_if(page.attempts.begin(), page.attempts.end(), [](const core::broker::AttemptUnderWay& attempt) {
        return attempt.pid == QCoreApplication::applicationPid() && attempt.host == QSysInfo::machineHostName();
    });
}

}

QWidget* Console::frontWindow() const
{
    for (auto each = m_windows.crbegin(); each != m_windows.crend(); ++each) {
        if (*each)
            return *each;
    }
    return nullptr;
}

QList<std::shared_ptr<StoreSession>> Console::openSessions() const
{
    QList<std::shared_ptr<StoreSession>> open;
    for (const auto& weak : m_sessions) {
        if (auto session = weak.lock(); session && session->backend())
            open << session;
    }
    return open;
}

void Console::quit()
{
    if (m_quitting || m_unanswered > 0)
        return comeToFront();
    if (m_quitDialog) {
        m_quitDialog->raise();
        return m_quitDialog->activateWindow();
    }
    savePlaces();
    m_running = 0;
    ++m_unanswered;    // its own: an end is for when all have been asked
    const auto sessions = openSessions();
    for (const auto& session : sessions) {
        if (!session->isOpen() || session->profile().workerThreads == 0 || session->profile().readOnly)
            continue;
        ++m_unanswered;
        core::whenDone(session->backend()->queuePage(), this,
                       [this](const core::Result<core::backend::QueuePage>& page) { noteRunning(page ? runningHere(*page) : 0); });
    }
    noteRunning(0);
}

void Console::noteRunning(qint64 running)
{
    m_running += running;
    if (--m_unanswered > 0 || m_quitting)
        return;
    if (m_running > 0)
        askAboutRunningJobs();
    else
        end();
}

void Console::askAboutRunningJobs()
{
    m_quitDialog = new QuitDialog(m_running, frontWindow());
    connect(m_quitDialog, &QuitDialog::finishAsked, this, &Console::finishAndEnd);
    connect(m_quitDialog, &QuitDialog::handBackAsked, this, &Console::handBackAndEnd);
    m_quitDialog->open();
}

void Console::finishAndEnd()
{
    m_finishing = std::make_unique<FinishingWindow>(m_running);
    connect(m_finishing.get(), &FinishingWindow::handBackAsked, this, [this] {
        const auto sessions = openSessions();
        for (const auto& session : sessions)    // who waits for their end hears of it sooner
            core::whenDone(session->backend()->stopWorkers(core::backend::Backend::Stop::HandBack), this, [](const core::Result<bool>&) {});
    });
    m_finishing->show();
    stopAndEnd(core::backend::Backend::Stop::Finish);
}

void Console::handBackAndEnd()
{
    stopAndEnd(core::backend::Backend::Stop::HandBack);
}

void Console::comeToFront()
{
    QWidget* front = m_finishing && m_finishing->isVisible() ? m_finishing.get() : frontWindow();
    if (!front || !front->isVisible())
        return;
    front->setWindowState(front->windowState() & ~Qt::WindowMinimized);
    front->raise();
    front->activateWindow();
}

void Console::stopAndEnd(core::backend::Backend::Stop stop)
{
    m_quitting = true;
    auto waiting = std::make_shared<int>(0);
    const auto sessions = openSessions();
    for (const auto& session : sessions) {
        ++*waiting;
        // the session is held until its workers have stopped, also when its window closes before
        core::whenDone(session->backend()->stopWorkers(stop), this, [this, session, waiting](const core::Result<bool>&) {
            if (--*waiting == 0)
                end();
        });
    }
    for (const auto& window : m_windows) {
        if (window)
            window->hide();
    }
    if (*waiting == 0)
        end();
}

void Console::end()
{
    m_quitting = true;
    emit finished();
}

}
