// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/console_on_trial.h"

#include "ui/jobs/jobs_page.h"
#include "ui/jobs/jobs_view.h"
#include "ui/jobs/time_gutter.h"
#include "ui/window/main_window.h"

#include <QFileInfo>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

ui::ConnectionProfile profileOf(const QString& store, int workers)
{
    ui::ConnectionProfile profile;
    profile.id = u"bench"_s;
    profile.name = QFileInfo(store).fileName();
    profile.storePath = store;
    profile.storagePath = QFileInfo(store).absolutePath() + u"/storage"_s;
    profile.workerThreads = workers;
    return profile;
}

/// As the program does before it builds its first widget.
ui::Preferences& dressed(ui::Preferences& preferences, const QString& payloadView)
{
    preferences.setValue(u"payload/view"_s, payloadView);
    ui::applyLook(preferences);
    return preferences;
}

}

ConsoleOnTrial::ConsoleOnTrial(const QString& store, int workers)
    : m_preferences(m_folder.filePath(u"preferences.ini"_s)),
      m_connections(m_folder.filePath(u"connections.json"_s)),
      m_console(dressed(m_preferences, u"raw"_s), m_connections, m_log),
      m_window(m_console.openWindow(profileOf(store, workers)))
{
}

ui::JobsView& ConsoleOnTrial::view() const
{
    return *m_window->jobsPage().view();
}

ui::JobsModel& ConsoleOnTrial::rows() const
{
    return *m_window->jobsPage().model();
}

ui::TimeGutter& ConsoleOnTrial::gutter() const
{
    return *m_window->findChild<ui::TimeGutter*>();
}

}
