// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/connections/connection_store.h"
#include "ui/session/navigator.h"
#include "ui/session/preferences.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace ui {

class LogBuffer;
class MainWindow;
class StoreSession;

/// The running console: its windows, the sessions they share, and what is the same for all of them (theme, text size, place).
class Console final : public QObject {
    Q_OBJECT

public:
    Console(Preferences& preferences, ConnectionStore& connections, LogBuffer& log, QObject* parent = nullptr);
    ~Console() override;

    /// Off for a console that was opened on something for once: the places to come back to are those of the everyday one.
    void setKeepsPlaces(bool keeps) { m_keepsPlaces = keeps; }
    /// A window on this connection; windows on the same one share its session.
    MainWindow* openWindow(const ConnectionProfile& profile);
    /// As it was left, also after a crash; a first start opens the first connection. A connection that is gone is left out.
    void restore();
    /// "signalbox://job/ID", with "?connection=NAME" for another than the newest window's. Answers what is wrong with a link.
    [[nodiscard]] core::Result<void> openLink(const QUrl& link);
    [[nodiscard]] const QList<QPointer<MainWindow>>& windows() const { return m_windows; }
    /// Asks what to do about embedded jobs that run, then ends the program.
    void quit();

signals:
    void finished();

private:
    std::shared_ptr<StoreSession> sessionFor(const ConnectionProfile& profile);
    void wire(MainWindow& window);
    void switchConnection(MainWindow& window, const QString& profileId);
    void manageConnections(MainWindow& window);
    void tellConnections();
    void savePlaces();
    void windowClosed(MainWindow* window);
    void askAboutRunningJobs(qint64 running);
    void stopAndEnd(core::backend::Backend::Stop stop);
    void end();
    [[nodiscard]] QWidget* frontWindow() const;

    Preferences& m_preferences;
    ConnectionStore& m_connections;
    LogBuffer& m_log;
    QList<QPointer<MainWindow>> m_windows;    // oldest first
    QHash<QString, std::weak_ptr<StoreSession>> m_sessions;
    QTimer m_saveTimer;
    bool m_quitting = false;
    bool m_keepsPlaces = true;
};

/// Palette, style and text size of the program as chosen; called again when a choice changes.
void applyLook(const Preferences& preferences);

/// What a link asks for.
struct Link {
    core::JobId job;
    std::optional<InspectorTab> tab;
    QString connection;
};
/// Invalid link_invalid, with what was expected.
[[nodiscard]] core::Result<Link> readLink(const QUrl& link);

}
