// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QDBusPendingCallWatcher;
class QDBusVariant;

namespace ui {

/// What a person chose for all programs of their desktop. None: no choice, or a desktop that does not tell.
enum class ColorScheme { None, Light, Dark };

/// Follows the desktop's choice of dark and light through its portal (org.freedesktop.portal.Settings). Asks without waiting.
class DesktopColorScheme final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Asks, and listens from then on. A desktop without a portal is told as None.
    void follow();

signals:
    /// Each answer and each change, the first also when it is None.
    void told(ui::ColorScheme scheme);

private slots:
    void noteChange(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void take(QDBusPendingCallWatcher& answer);
};

}
