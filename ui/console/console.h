// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "core/base/lane.h"
#include "ui/connections/connection_store.h"
#include "ui/connections/secret_store.h"
#include "ui/console/quit_dialog.h"
#include "ui/desktop/color_scheme.h"
#include "ui/session/navigator.h"
#include "ui/session/preferences.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace ui {

class FinishingWindow;
class LogBuffer;
class MainWindow;
class Notices;
class StoreSession;

/// The running console: its windows, the sessions they share, and what is the same for all of them (theme, text size, place).
class Console final : public QObject {
    Q_OBJECT

public:
    Console(Preferences& preferences, ConnectionStore& connections, LogBuffer& log, QObject* parent = nullptr);
    ~Console() override;

    /// Off for a console that was opened on something for once: the places to come back to are those of the everyday one.
    void setKeepsPlaces(bool keeps) { m_keepsPlaces = keeps; }
    /// Without, nothing is told on the desktop. Before the first window.
    void setNotices(std::unique_ptr<Notices> notices);
    /// A window on this connection; windows on the same one share its session.
    MainWindow* openWindow(const ConnectionProfile& profile);
    /// As it was left, also after a crash; a first start opens the first connection. A connection that is gone is left out.
    void restore();
    /// A window of its own on a case file, or the one that has it open.
    void openCase(const QString& path);
    /// "signalbox://job/ID", with "?connection=NAME" for another than the newest window's. Answers what is wrong with a link.
    [[nodiscard]] core::Result<void> openLink(const QUrl& link);
    [[nodiscard]] const QList<QPointer<MainWindow>>& windows() const { return m_windows; }
    /// Asks what to do about jobs that this program runs and tasks that are under way, on whichever connection, then ends the program.
    void quit();
    /// For a second start of the program: the newest window, or what tells that it is about to end.
    void comeToFront();

signals:
    void finished();

private:
    std::shared_ptr<StoreSession> sessionFor(const ConnectionProfile& profile);
    void wire(MainWindow& window);
    void switchConnection(MainWindow& window, const QString& profileId);
    void manageConnections(MainWindow& window);
    void takeHome(const QString& path);
    void tellConnections();
    void savePlaces();
    void windowClosed(MainWindow* window);
    [[nodiscard]] bool mayClose(MainWindow& window);
    void askAboutTasks(MainWindow& window);
    void closeAndKeep(MainWindow& window);
    void noteRunning(qint64 running);
    void askAboutRunning();
    void finishAndEnd();
    void handBackAndEnd();
    void stopAndEnd(core::backend::Backend::Stop stop);
    [[nodiscard]] QList<std::shared_ptr<StoreSession>> openSessions() const;
    void end();
    [[nodiscard]] QWidget* frontWindow() const;

    Preferences& m_preferences;
    ConnectionStore& m_connections;
    LogBuffer& m_log;
    SecretStore m_secrets;
    DesktopColorScheme m_desktopScheme;
    QList<QPointer<MainWindow>> m_windows;                          // oldest first
    QMultiHash<QString, std::weak_ptr<StoreSession>> m_sessions;    // by profile; one that was edited may be open as it was, too
    QTimer m_saveTimer;
    bool m_quitting = false;
    bool m_keepsPlaces = true;
    int m_unanswered = 0;    // sessions that were asked what runs in them before the program ends
    StillRunning m_running;
    QPointer<QuitDialog> m_quitDialog;
    QSet<MainWindow*> m_leaving;                    // their tasks were asked about
    QList<std::shared_ptr<StoreSession>> m_kept;    // without a window, until their tasks are over
    std::unique_ptr<FinishingWindow> m_finishing;
    std::unique_ptr<Notices> m_notices;
    std::shared_ptr<core::Lane> m_closer;    // what takes long to close is closed here; joined as the program ends
};

/// Palette, style and text size of the program as chosen; called again when a choice changes. For "as the desktop has it" what the
/// desktop told last, else whether its own palette was dark.
void applyLook(const Preferences& preferences);
/// Keeps what the desktop told, so that the next start need not wait for it to say so again.
/// Answers whether it is another than before.
bool noteDesktopScheme(Preferences& preferences, ColorScheme scheme);

/// What a link asks for.
struct Link {
    core::JobId job;
    std::optional<InspectorTab> tab;
    QString connection;
};
/// Invalid link_invalid, with what was expected.
[[nodiscard]] core::Result<Link> readLink(const QUrl& link);

}
