// SPDX-License-Identifier: Apache-2.0
// How the console ends: jobs that its embedded workers run, and tasks in the background, are finished, stopped or left to be asked about.
#include "ui/console/console.h"
#include "ui/console/finishing_window.h"
#include "ui/console/quit_dialog.h"
#include "ui/session/background_tasks.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"

#include <QCoreApplication>
#include <QSysInfo>
#include <QTimer>

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
    m_running = {};
    ++m_unanswered;    // its own: an end is for when all have been asked
    const auto sessions = openSessions();
    for (const auto& session : sessions)
        m_running.tasks << session->tasks().running();
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
    m_running.jobs += running;
    if (--m_unanswered > 0 || m_quitting)
        return;
    if (m_running.isNothing())
        end();
    else
        askAboutRunning();
}

/// Another window on the connection goes on showing its tasks; the last one asks.
bool Console::mayClose(MainWindow& window)
{
    const bool isShownElsewhere = std::any_of(m_windows.begin(), m_windows.end(), [&window](const auto& other) {
        return other && other != &window && &other->session() == &window.session();
    });
    if (isShownElsewhere || m_leaving.contains(&window) || window.session().tasks().running().isEmpty())
        return true;
    askAboutTasks(window);
    return false;
}

void Console::askAboutTasks(MainWindow& window)
{
    if (auto* asked = window.findChild<QuitDialog*>())
        return asked->raise();
    auto* dialog = new QuitDialog({0, window.session().tasks().running()}, QuitDialog::Leaving::Window, &window);
    connect(dialog, &QuitDialog::finishAsked, &window, [this, &window] { closeAndKeep(window); });
    connect(dialog, &QuitDialog::handBackAsked, &window, [this, &window] {
        window.session().tasks().abortAll();
        closeAndKeep(window);
    });
    dialog->open();
}

/// The session outlives its last window until its tasks are over.
void Console::closeAndKeep(MainWindow& window)
{
    const auto sessions = openSessions();
    for (const auto& session : sessions) {
        if (session.get() != &window.session() || session->tasks().running().isEmpty())
            continue;
        m_kept << session;
        connect(&session->tasks(), &BackgroundTasks::allOver, this, [this, gone = session.get()] {
            // not within the call that ends the last task
            QTimer::singleShot(0, this, [this, gone] { m_kept.removeIf([gone](const auto& kept) { return kept.get() == gone; }); });
        });
    }
    m_leaving << &window;
    QTimer::singleShot(0, &window, &MainWindow::close);    // the dialog that asked goes first
}

void Console::askAboutRunning()
{
    m_quitDialog = new QuitDialog(m_running, QuitDialog::Leaving::Program, frontWindow());
    connect(m_quitDialog, &QuitDialog::finishAsked, this, &Console::finishAndEnd);
    connect(m_quitDialog, &QuitDialog::handBackAsked, this, &Console::handBackAndEnd);
    m_quitDialog->open();
}

void Console::finishAndEnd()
{
    m_finishing = std::make_unique<FinishingWindow>(m_running);
    connect(m_finishing.get(), &FinishingWindow::handBackAsked, this, [this] {
        const auto sessions = openSessions();
        for (const auto& session : sessions) {    // who waits for their end hears of it sooner
            session->tasks().abortAll();
            core::whenDone(session->backend()->stopWorkers(core::backend::Backend::Stop::HandBack), this, [](const core::Result<bool>&) {});
        }
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
    const auto over = [this, waiting] {
        if (--*waiting == 0)
            end();
    };
    const auto sessions = openSessions();
    for (const auto& session : sessions) {
        ++*waiting;
        // the session is held until its workers have stopped, also when its window closes before
        core::whenDone(session->backend()->stopWorkers(stop), this, [session, over](const core::Result<bool>&) { over(); });
        if (session->tasks().running().isEmpty())
            continue;
        ++*waiting;
        m_kept << session;
        connect(&session->tasks(), &BackgroundTasks::allOver, this, over, Qt::QueuedConnection);
        if (stop == core::backend::Backend::Stop::HandBack)
            session->tasks().abortAll();
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
