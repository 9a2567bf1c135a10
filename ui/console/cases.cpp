// SPDX-License-Identifier: Apache-2.0
// Case files of the whole program: a window of their own, and the way from there into a store of this machine.
#include "ui/casefile/case_words.h"
#include "ui/console/console.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"
#include "ui/window/toast.h"

#include <algorithm>

namespace ui {

namespace {

void bringToFront(MainWindow& window)
{
    window.raise();
    window.activateWindow();
}

}

void Console::openCase(const QString& path)
{
    if (m_quitting)
        return comeToFront();
    const ConnectionProfile profile = caseProfile(path);
    for (const auto& window : m_windows) {
        if (window && window->session().profile() == profile)
            return bringToFront(*window);
    }
    bringToFront(*openWindow(profile));
}

/// Into the first connection of this machine that may be written; its window asks before anything happens.
void Console::takeHome(const QString& path)
{
    const auto profiles = m_connections.profiles();
    const auto home = std::find_if(profiles.begin(), profiles.end(), [](const ConnectionProfile& profile) {
        return profile.kind == ConnectionKind::Embedded && profile.environment == Environment::Embedded && !profile.readOnly;
    });
    if (home == profiles.end()) {
        if (!m_windows.isEmpty() && m_windows.last())
            showToast(*m_windows.last(), tr("No connection is a store of this machine that may be written. Make one first."));
        return;
    }
    MainWindow* target = nullptr;
    for (const auto& window : m_windows) {
        if (window && window->session().profile() == *home)
            target = window;
    }
    if (!target)
        target = openWindow(*home);
    bringToFront(*target);
    if (target->session().isOpen())
        return target->takeHome(path);
    auto* once = new QObject(target);    // it opens first, however often it has to try
    connect(&target->session(), &StoreSession::stateChanged, once, [target, once, path] {
        if (!target->session().isOpen())
            return;
        once->deleteLater();
        target->takeHome(path);
    });
}

}
