// SPDX-License-Identifier: Apache-2.0
#include "app/signalbox/shot_tour.h"

#include "ui/console/console.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_page.h"
#include "ui/palette/command_palette.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"

#include <QDir>

#include <cstdio>

namespace signalbox {

using namespace Qt::StringLiterals;
using ui::InspectorTab;
using ui::Page;

namespace {

// Pages read in the background; a picture is taken when nothing new has come for so long.
constexpr int settleMs = 1500;

}

ShotTour::ShotTour(ui::Console& console, ui::Preferences& preferences, ui::ConnectionProfile profile, QString folder)
    : m_console(console), m_preferences(preferences), m_profile(std::move(profile)), m_folder(std::move(folder))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMs);
    connect(&m_settle, &QTimer::timeout, this, &ShotTour::shoot);
}

void ShotTour::begin()
{
    plan();
    m_preferences.setTheme(ui::ThemeChoice::Light);
    m_window = m_console.openWindow(m_profile);
    m_window->resize(1440, 900);
    if (m_window->session().isOpen())
        next();
    else
        connect(&m_window->session(), &ui::StoreSession::stateChanged, this, [this] {
            if (m_at < 0)
                next();
        });
}

void ShotTour::planJob(const QString& name, const QString& filter, InspectorTab tab, bool maximised)
{
    m_stops << Stop{name, [this, filter, tab, maximised](ui::MainWindow& window) {
                        window.showFilter(filter);
                        core::jobs::PageRequest newest;
                        newest.limit = 1;
                        const auto read = core::jobs::parseFilter(filter, core::base::systemNow());
                        if (!read)
                            return;
                        core::whenDone(window.session().backend()->listJobs(*read, newest), this,
                                       [this, tab, maximised](const core::Result<core::jobs::JobPage>& page) {
                                           if (!page || page->rows.isEmpty())
                                               return leaveOut();
                                           m_window->showJob(page->rows.first().id, tab);
                                           m_window->showInspectorInFull(maximised);
                                           m_settle.start();
                                       });
                    }};
}

void ShotTour::plan()
{
    m_stops << Stop{u"jobs"_s, [](ui::MainWindow& window) { window.showFilter(u"since:24h"_s); }};
    planJob(u"failed"_s, u"status:failed type:captions-generate since:24h"_s, InspectorTab::Overview);
    planJob(u"silences"_s, u"type:silence-detect status:done"_s, InspectorTab::Output);
    planJob(u"probe"_s, u"type:media-probe status:done"_s, InspectorTab::Output);
    planJob(u"cut"_s, u"type:silence-apply status:done"_s, InspectorTab::Output);
    planJob(u"convert"_s, u"type:media-convert status:done"_s, InspectorTab::Output);
    planJob(u"transcript"_s, u"type:transcription-generate status:done"_s, InspectorTab::Output);
    planJob(u"frames"_s, u"type:frame-extract status:done"_s, InspectorTab::Output, true);
    planJob(u"captions"_s, u"type:captions-generate status:done"_s, InspectorTab::Output);
    planJob(u"input"_s, u"type:captions-generate status:done"_s, InspectorTab::Input);
    planJob(u"deliveries"_s, u"status:done since:24h"_s, InspectorTab::Webhooks);
    planJob(u"attempts"_s, u"status:failed type:captions-generate"_s, InspectorTab::Attempts);
    planJob(u"artifacts"_s, u"type:frame-extract status:done"_s, InspectorTab::Artifacts);
    const std::pair<Page, QString> pages[] = {{Page::Failures, u"page-failures"_s},   {Page::Webhooks, u"page-webhooks"_s},
                                              {Page::Queues, u"page-queues"_s},       {Page::Artifacts, u"page-artifacts"_s},
                                              {Page::Presets, u"page-presets"_s},     {Page::Notifications, u"page-notifications"_s},
                                              {Page::Dashboard, u"page-dashboard"_s}, {Page::Journal, u"page-journal"_s}};
    for (const auto& [page, name] : pages)
        m_stops << Stop{name, [page = page](ui::MainWindow& window) { window.showPage(page); }};
    m_stops << Stop{u"palette"_s, [](ui::MainWindow& window) {
                        window.showPage(Page::Jobs);
                        ui::CommandPalette::open(window);
                    }};
}

void ShotTour::next()
{
    ++m_at;
    if (m_at >= m_stops.size()) {
        emit finished(m_all);
        return;
    }
    m_stops.at(m_at).go(*m_window);
    m_settle.start();
}

/// Without a clip (--sample) there are no results that only real media makes.
void ShotTour::leaveOut()
{
    std::fprintf(stderr, "signalbox: left out: %s; no job of the sample shows it (--sample FILE runs all seven types on a clip)\n",
                 qPrintable(m_stops.at(m_at).name));
    m_settle.stop();
    next();
}

void ShotTour::shoot()
{
    const QString scale = QString::number(m_window->devicePixelRatioF());
    const QString name =
        u"%1-%2-%3-%4x.png"_s.arg(m_at + 1, 2, 10, QChar(u'0')).arg(m_stops.at(m_at).name, m_dark ? u"dark"_s : u"light"_s, scale);
    const QString path = QDir(m_folder).filePath(name);
    const bool saved = m_window->grab().save(path);
    std::fprintf(saved ? stdout : stderr, "%s%s\n", saved ? "" : "signalbox: cannot write ", qPrintable(path));
    m_all = m_all && saved;
    m_dark = !m_dark;
    m_preferences.setTheme(m_dark ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
    if (m_dark)
        m_settle.start();
    else
        next();
}

}
