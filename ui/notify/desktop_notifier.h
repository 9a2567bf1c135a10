// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

class QDBusConnection;
class QDBusMessage;

namespace ui {

/// What the desktop shows for a while. Plain texts.
struct Notice {
    QString title;
    QString body;
    bool isUrgent = false;    ///< something failed
};

/// The desktop's notifications (org.freedesktop.Notifications on the session bus). Where there is no bus or no such service nothing is
/// shown and nothing is said. Never waits: the service may take its time.
class DesktopNotifier final : public QObject {
    Q_OBJECT

public:
    /// On the session bus, which is looked for when the first notice is shown.
    explicit DesktopNotifier(QObject* parent = nullptr);
    /// On a bus of the caller's.
    explicit DesktopNotifier(const QDBusConnection& bus, QObject* parent = nullptr);
    ~DesktopNotifier() override;

    /// `clicked` is called when a person chooses it, at most once. With a `slot` it takes the place of what was last shown under it.
    void show(const Notice& notice, const QString& slot, std::function<void()> clicked);

private slots:
    void hearAction(uint id, const QString& action);
    void hearClosed(uint id, uint reason);

private:
    [[nodiscard]] bool connectBus();
    void askForCapabilities();
    void send(const Notice& notice, const QString& slot, std::function<void()> clicked);

    struct Wish {
        Notice notice;
        QString slot;
        std::function<void()> clicked;
    };
    std::unique_ptr<QDBusConnection> m_bus;
    bool m_isListening = false;
    std::optional<QStringList> m_capabilities;    // none: not asked yet, or no answer yet
    QList<Wish> m_waiting;                        // for that answer
    QHash<uint, std::function<void()>> m_clicked;
    QHash<QString, uint> m_slots;
};

}
