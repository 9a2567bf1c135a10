// SPDX-License-Identifier: Apache-2.0
#include "ui/console/console.h"

#include "ui/base/format.h"
#include "ui/casefile/case_words.h"
#include "ui/connections/connection_dialog.h"
#include "ui/console/about_dialog.h"
#include "ui/console/finishing_window.h"
#include "ui/console/log_buffer.h"
#include "ui/console/log_window.h"
#include "ui/console/preferences_dialog.h"
#include "ui/console/quit_dialog.h"
#include "ui/help/help_window.h"
#include "ui/notify/notices.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"

namespace ui {

using namespace Qt::StringLiterals;

namespace {

const QString placesKey = QStringLiteral("places");
constexpr int saveAfterMs = 1000;

}

Console::Console(Preferences& preferences, ConnectionStore& connections, LogBuffer& log, QObject* parent)
    : QObject(parent), m_preferences(preferences), m_connections(connections), m_log(log), m_closer(std::make_shared<core::Lane>())
{
    // Saved a moment after each move, not at the end: a crash loses a second.
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(saveAfterMs);
    connect(&m_saveTimer, &QTimer::timeout, this, &Console::savePlaces);
    connect(&preferences, &Preferences::changed, this, [this] { applyLook(m_preferences); });
    connect(&connections, &ConnectionStore::changed, this, &Console::tellConnections);
    connect(&m_desktopScheme, &DesktopColorScheme::told, this, [this](ColorScheme scheme) {
        if (noteDesktopScheme(m_preferences, scheme))
            applyLook(m_preferences);
    });
    QTimer::singleShot(0, &m_desktopScheme, &DesktopColorScheme::follow);    // the first window comes first
}

Console::~Console()
{
    const auto windows = m_windows;
    for (const auto& window : windows)
        delete window.data();
    m_kept.clear();    // while there is somewhere to close them
}

void Console::setNotices(std::unique_ptr<Notices> notices)
{
    m_notices = std::move(notices);
}

std::shared_ptr<StoreSession> Console::sessionFor(const ConnectionProfile& profile)
{
    const auto known = m_sessions.values(profile.id);
    for (const auto& weak : known) {
        if (auto running = weak.lock(); running && running->profile() == profile) {
            running->tryNow();    // a password may be known by now
            return running;
        }
    }
    auto session = std::make_shared<StoreSession>(profile);
    session->setCloser(m_closer);
    session->setPasswordSource([this, id = profile.id](std::function<void(const QString&)> then) {
        core::whenDone(m_secrets.read(id), this, [then = std::move(then)](const core::Result<std::optional<KnownSecret>>& kept) {
            then(kept && *kept ? (*kept)->secret : QString());
        });
    });
    m_sessions.insert(profile.id, session);
    session->open();
    return session;
}

MainWindow* Console::openWindow(const ConnectionProfile& profile)
{
    auto* window = new MainWindow(sessionFor(profile), m_preferences);
    m_windows << window;
    wire(*window);
    window->setConnections(m_connections.profiles());
    window->show();
    m_saveTimer.start();
    return window;
}

void Console::restore()
{
    const QVariantList places = m_preferences.value(placesKey).toList();
    for (const QVariant& each : places) {
        const QVariantMap place = each.toMap();
        if (const auto profile = m_connections.find(place.value(u"profile"_s).toString()))
            openWindow(*profile)->restoreState(place);
    }
    if (m_windows.isEmpty())
        openWindow(m_connections.profiles().first());
}

core::Result<void> Console::openLink(const QUrl& link)
{
    const auto read = readLink(link);
    if (!read)
        return core::errorOf(read);
    if (m_quitting) {
        comeToFront();
        return core::failure(core::ErrorKind::Conflict, u"console_ends"_s, u"Signalbox is about to end"_s, u"link"_s);
    }
    MainWindow* target = nullptr;
    for (const auto& window : m_windows) {
        if (window && (read->connection.isEmpty() || window->session().profile().name == read->connection))
            target = window;
    }
    if (!target && !read->connection.isEmpty()) {
        for (const ConnectionProfile& profile : m_connections.profiles()) {
            if (profile.name == read->connection)
                target = openWindow(profile);
        }
        if (!target)
            return core::failure(core::ErrorKind::NotFound, u"connection_unknown"_s,
                                 u"There is no connection named '%1'"_s.arg(read->connection), u"link"_s);
    }
    if (!target)
        target = openWindow(m_connections.profiles().first());
    target->showJob(read->job, read->tab);
    target->raise();
    target->activateWindow();
    return {};
}

void Console::wire(MainWindow& window)
{
    connect(&window, &MainWindow::connectionChosen, this, [this, &window](const QString& id) { switchConnection(window, id); });
    connect(&window, &MainWindow::manageConnectionsAsked, this, [this, &window] { manageConnections(window); });
    connect(&window, &MainWindow::newWindowAsked, this, [this, &window] { openWindow(window.session().profile()); });
    connect(&window, &MainWindow::caseAsked, this, &Console::openCase);
    connect(&window, &MainWindow::takeHomeAsked, this, &Console::takeHome);
    connect(&window, &MainWindow::preferencesAsked, this, [this, &window] { (new PreferencesDialog(m_preferences, &window))->open(); });
    connect(&window, &MainWindow::helpAsked, this, [&window](const QString& topic) { HelpWindow::open(topic, &window); });
    connect(&window, &MainWindow::logAsked, this, [this, &window] { LogWindow::open(m_log, &window); });
    connect(&window, &MainWindow::aboutAsked, this, [&window] { (new AboutDialog(&window))->open(); });
    connect(&window, &MainWindow::quitAsked, this, &Console::quit);
    // the last window is the program: closing it asks about running jobs as quitting does
    window.setMayClose([this, &window] {
        if (m_quitting)
            return true;
        if (m_windows.size() > 1)
            return mayClose(window);
        quit();
        return false;
    });
    connect(&window, &MainWindow::stateMoved, this, [this] { m_saveTimer.start(); });
    connect(&window, &MainWindow::closing, this, [this, &window] { windowClosed(&window); });
    if (m_notices)
        m_notices->follow(window);
}

void Console::switchConnection(MainWindow& window, const QString& profileId)
{
    const auto profile = m_connections.find(profileId);
    if (!profile)
        return;
    if (window.session().profile() == *profile)
        return window.session().tryNow();    // a password may be known by now
    MainWindow* next = openWindow(*profile);
    next->restoreGeometry(window.saveGeometry());
    window.close();
}

void Console::manageConnections(MainWindow& window)
{
    auto* dialog = new ConnectionDialog(m_connections, m_secrets, window.session().profile().id, &window);
    dialog->setCloser(m_closer);
    connect(dialog, &ConnectionDialog::openAsked, &window, [this, &window](const QString& id) { switchConnection(window, id); });
    dialog->open();
}

void Console::tellConnections()
{
    for (const auto& window : m_windows) {
        if (window)
            window->setConnections(m_connections.profiles());
    }
}

void Console::savePlaces()
{
    if (!m_keepsPlaces)
        return;
    QVariantList places;
    for (const auto& window : m_windows) {
        if (window && !isCaseProfile(window->session().profile()))    // looked at, not worked in
            places << window->saveState();
    }
    if (!places.isEmpty())
        m_preferences.setValue(placesKey, places);
}

void Console::windowClosed(MainWindow* window)
{
    if (m_windows.size() == 1 && !m_quitting)
        savePlaces();    // the last window is the place to come back to
    m_windows.removeOne(window);
    m_leaving.remove(window);
    if (m_windows.isEmpty() && !m_quitting)
        QTimer::singleShot(0, this, &Console::end);
}

}
