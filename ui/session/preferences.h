// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimeZone>
#include <QVariant>

#include <memory>

class QSettings;

namespace ui {

enum class ThemeChoice { System, Light, Dark };

/// What a person chose, kept in the configuration folder of the desktop (XDG). Holds no secret.
class Preferences final : public QObject {
    Q_OBJECT

public:
    /// `file`: an INI file of its own, for tests and screenshots; empty for the person's own.
    explicit Preferences(const QString& file = {}, QObject* parent = nullptr);
    ~Preferences() override;

    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);
    /// The zone times are shown in; the system's unless chosen.
    [[nodiscard]] QTimeZone timeZone() const;
    [[nodiscard]] QByteArray chosenTimeZone() const;    ///< empty: the system's
    void setTimeZone(const QByteArray& ianaId);         ///< empty: the system's
    [[nodiscard]] bool showsKeyboardHints() const;
    void setShowsKeyboardHints(bool shows);
    [[nodiscard]] int bodyPixels() const;
    void setBodyPixels(int pixels);
    /// Relative in lists ("4 min") or exact everywhere.
    [[nodiscard]] bool showsRelativeTimes() const;
    void setShowsRelativeTimes(bool relative);

    /// Anything a part keeps of its own (column widths, last tab, history), under a key such as "jobs/columns".
    [[nodiscard]] QVariant value(const QString& key, const QVariant& fallback = {}) const;
    void setValue(const QString& key, const QVariant& value);
    /// Where the file is, for the preferences page.
    [[nodiscard]] QString fileName() const;

signals:
    /// One of the named choices; values of parts are not told.
    void changed();

private:
    void choose(const QString& key, const QVariant& value);
    std::unique_ptr<QSettings> m_settings;
};

}
