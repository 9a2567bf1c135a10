// SPDX-License-Identifier: Apache-2.0
// Menus, shortcuts and the tool line of a window.
#include "ui/base/format.h"
#include "ui/filter/filter_bar.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_page.h"
#include "ui/pages/frame/page_frame.h"
#include "ui/palette/command_palette.h"
#include "ui/palette/shortcut_sheet.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/window/environment_band.h"
#include "ui/window/main_window.h"
#include "ui/window/sidebar.h"
#include "ui/window/tool_line.h"

#include <QMenu>
#include <QMenuBar>

namespace ui {

using namespace Qt::StringLiterals;

QAction* MainWindow::addAct(QMenu& menu, const QString& text, const QKeySequence& keys, std::function<void()> what)
{
    QAction* act = menu.addAction(text);
    act->setShortcut(keys);
    connect(act, &QAction::triggered, this, [what = std::move(what)] { what(); });
    m_acts << act;
    return act;
}

QAction* MainWindow::addHiddenAct(const QString& text, const QKeySequence& keys, std::function<void()> what)
{
    auto* act = new QAction(text, this);
    act->setShortcut(keys);
    addAction(act);
    connect(act, &QAction::triggered, this, [what = std::move(what)] { what(); });
    m_acts << act;
    return act;
}

void MainWindow::buildMenus()
{
    QMenu& connection = *menuBar()->addMenu(tr("&Connection"));
    addAct(connection, tr("Manage connections…"), QKeySequence(u"Ctrl+Shift+O"_s), [this] { emit manageConnectionsAsked(); });
    addAct(connection, tr("New window"), QKeySequence::New, [this] { emit newWindowAsked(); });
    addAct(connection, tr("Try to reach the store now"), {}, [this] { m_session->tryNow(); });
    connection.addSeparator();
    addAct(connection, tr("Close window"), QKeySequence::Close, [this] { close(); });
    addAct(connection, tr("Quit"), QKeySequence::Quit, [this] { emit quitAsked(); });

    QMenu& job = *menuBar()->addMenu(tr("&Job"));
    buildJobMenu(job);
    buildCaseActs(connection, job);
    buildWebhookMenu(*menuBar()->addMenu(tr("&Webhook")));
    QMenu& view = *menuBar()->addMenu(tr("&View"));
    buildViewMenu(view);

    QMenu& tools = *menuBar()->addMenu(tr("&Tools"));
    QAction* goTo = addAct(tools, tr("Go to job or command"), QKeySequence(u"Ctrl+K"_s), [this] { CommandPalette::open(*this); });
    goTo->setIcon(actionIcon(u"edit-find"_s));
    buildPruneAct(tools);
    addAct(tools, tr("Log of this program"), QKeySequence(u"Ctrl+Shift+L"_s), [this] { emit logAsked(); });
    addAct(tools, tr("Preferences…"), QKeySequence(u"Ctrl+,"_s), [this] { emit preferencesAsked(); });

    QMenu& help = *menuBar()->addMenu(tr("&Help"));
    addAct(help, tr("Help"), QKeySequence::HelpContents, [this] { emit helpAsked({}); });
    addAct(help, tr("Keyboard shortcuts"), QKeySequence(u"Ctrl+?"_s), [this] { ShortcutSheet::open(*this); });
    addAct(help, tr("About Signalbox"), {}, [this] { emit aboutAsked(); });

    m_tools->setActs({nullptr, m_submit, m_resubmit, m_cancel});
    m_tools->setGoToAction(goTo);
    m_tools->setLiveAction(m_live);
    auto* notifications = new QAction(ownIcon(u"view-notifications"_s), tr("Notifications"), this);
    connect(notifications, &QAction::triggered, this, [this] { showPage(Page::Notifications); });
    m_tools->setNotificationsAction(notifications);
}

void MainWindow::buildJobMenu(QMenu& menu)
{
    buildSubmitActs(menu);
    buildCancelActs(menu);
    buildCompareAct(menu);
    buildSteppingAct(menu);
    menu.addSeparator();
    QMenu* copy = menu.addMenu(tr("Copy the selected jobs as"));
    connect(copy, &QMenu::aboutToShow, this, [this, copy] {
        copy->clear();
        m_jobs->fillCopy(copy);
    });
    QMenu* exporting = menu.addMenu(tr("Export"));
    connect(exporting, &QMenu::aboutToShow, this, [this, exporting] {
        exporting->clear();
        m_jobs->fillExport(exporting);
    });
    const std::pair<JobFormat, QString> formats[] = {
        {JobFormat::Csv, tr("CSV")}, {JobFormat::Json, tr("JSON")}, {JobFormat::Ndjson, tr("NDJSON")}};
    for (const auto& [format, name] : formats)
        addHiddenAct(tr("Export all that match as %1…").arg(name), {}, [this, format = format] { m_jobs->askToExport(format, true); });
    addAct(menu, tr("Next job"), QKeySequence(u"Ctrl+Down"_s), [this] { m_jobs->stepBy(1); });
    addAct(menu, tr("Former job"), QKeySequence(u"Ctrl+Up"_s), [this] { m_jobs->stepBy(-1); });
    addAct(menu, tr("Show what is new, or read again"), QKeySequence::Refresh, [this] {
        if (m_page == Page::Jobs)
            m_jobs->refresh();
        else if (auto* page = qobject_cast<PageFrame*>(pageWidget(m_page)))
            page->refresh();
        m_inspector->refresh();
    });
    menu.addSeparator();
    addAct(menu, tr("Show in full width"), QKeySequence(u"F11"_s), [this] {
        if (m_inspector->isVisible())
            maximiseInspector(!isInspectorMaximised());
    });
    addAct(menu, tr("Show or close the inspector"), QKeySequence(u"Ctrl+I"_s), [this] {
        maximiseInspector(false);
        m_inspectorClosed = m_inspector->isVisible();
        showInspector();
    });
    const QStringList tabs{tr("Overview"), tr("Input"),     tr("Output"), tr("Events"), tr("Attempts"),
                           tr("Webhooks"), tr("Artifacts"), tr("Broker"), tr("Raw")};
    for (int tab = 0; tab < tabs.size(); ++tab)
        addAct(menu, tr("Show tab %1").arg(tabs.at(tab)), QKeySequence(u"Alt+%1"_s.arg(tab + 1)),
               [this, tab] { m_inspector->setCurrentTab(static_cast<InspectorTab>(tab)); });
}

void MainWindow::buildViewMenu(QMenu& menu)
{
    const auto pages = allPages();
    for (const Page page : pages) {
        QAction* act = addAct(menu, tr("Go to %1").arg(pageTitle(page)), QKeySequence(u"Ctrl+%1"_s.arg(static_cast<int>(page) + 1)),
                              [this, page] { showPage(page); });
        act->setIcon(ownIcon(pageIconName(page)));
    }
    menu.addSeparator();
    addAct(menu, tr("Back"), QKeySequence::Back, [this] { goBack(); });
    addAct(menu, tr("Edit the filter"), QKeySequence::Find, [this] {
        if (m_page != Page::Jobs)
            showPage(Page::Jobs);
        m_filterBar->startEditing();
    });
    QMenu* columns = menu.addMenu(tr("Columns"));
    connect(columns, &QMenu::aboutToShow, this, [this, columns] {
        columns->clear();
        m_jobs->fillColumns(columns);
    });
    addAct(menu, tr("To the next pane"), QKeySequence(u"F6"_s), [this] { focusNextPane(); });
    m_live = addAct(menu, tr("Live"), QKeySequence(u"Ctrl+L"_s), [this] { m_session->setLive(!m_session->isLive()); });
    const auto showLive = [this] {
        const bool live = m_session->isLive();
        m_live->setText(live ? tr("Live") : tr("Paused"));
        m_live->setIcon(live ? inkIcon(u"live"_s, JobState::Done) : ownIcon(u"ring"_s));
        m_live->setToolTip(live ? tr("Changes are shown as they happen. Press to stop asking the store")
                                : tr("Nothing is asked of the store. Press to follow changes again"));
    };
    connect(m_session.get(), &StoreSession::liveChanged, this, showLive);
    showLive();
    menu.addSeparator();
    addAct(menu, tr("Larger text"), QKeySequence::ZoomIn, [this] { m_preferences.setBodyPixels(m_preferences.bodyPixels() + 1); });
    addAct(menu, tr("Smaller text"), QKeySequence::ZoomOut, [this] { m_preferences.setBodyPixels(m_preferences.bodyPixels() - 1); });
    addAct(menu, tr("Text at its normal size"), QKeySequence(u"Ctrl+0"_s), [this] { m_preferences.setBodyPixels(13); });
}

void MainWindow::setConnections(const QList<ConnectionProfile>& connections)
{
    QMenu* menu = m_tools->connectionMenu();
    menu->clear();
    for (const ConnectionProfile& profile : connections) {
        QAction* line = menu->addAction(environmentIcon(profile.environment), plainLine(profile.name).replace(u'&', u"&&"_s) +
                                                                                  (profile.readOnly ? tr(" (read only)") : QString()));
        line->setCheckable(true);
        line->setChecked(profile.id == m_session->profile().id);
        connect(line, &QAction::triggered, this, [this, id = profile.id] { emit connectionChosen(id); });
    }
    menu->addSeparator();
    menu->addAction(tr("Manage connections…"), this, &MainWindow::manageConnectionsAsked);
}

}
