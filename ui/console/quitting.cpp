// SPDX-License-Identifier: Apache-2.0
// How the console ends: jobs that its embedded workers run are finished, handed back or left to be asked about.
#include "ui/console/console.h"
#include "ui/console/quit_dialog.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"

namespace ui {

QWidget* Console::frontWindow() const
{
    for (auto each = m_windows.crbegin(); each != m_windows.crend(); ++each) {
        if (*each)
            return *each;
    }
    return nullptr;
}

void Console::quit()
{
    if (m_quitting)
        return;
    savePlaces();
    for (const auto& window : m_windows) {
        if (!window || !window->session().isOpen() || window->session().profile().workerThreads == 0 ||
            window->session().profile().readOnly)
            continue;
        core::whenDone(window->session().backend()->queueState(), this, [this](const core::Result<core::backend::QueueState>& queue) {
            if (queue && queue->leased > 0)
                askAboutRunningJobs(queue->leased);
            else
                end();
        });
        return;
    }
    end();
}

void Console::askAboutRunningJobs(qint64 running)
{
    auto* dialog = new QuitDialog(running, frontWindow());
    connect(dialog, &QuitDialog::finishAsked, this, [this] { stopAndEnd(core::backend::Backend::Stop::Finish); });
    connect(dialog, &QuitDialog::handBackAsked, this, [this] { stopAndEnd(core::backend::Backend::Stop::HandBack); });
    dialog->open();
}

void Console::stopAndEnd(core::backend::Backend::Stop stop)
{
    m_quitting = true;
    auto waiting = std::make_shared<int>(0);
    for (const auto& weak : m_sessions) {
        const auto session = weak.lock();
        if (!session || !session->backend())
            continue;
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
