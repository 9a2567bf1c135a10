// SPDX-License-Identifier: Apache-2.0
#include "ui/console/console.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// What the desktop's own palette was before ours covered it: dark or light.
bool desktopIsDark()
{
    static const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
}

const QString schemeKey = u"desktop_scheme"_s;

/// A desktop that names a face keeps it; where Qt fell back to what was there (no desktop at all), Inter reads better.
void chooseFace()
{
    QFont font = QApplication::font();
    const bool fellBack = font.family().isEmpty() || font.family() == "Sans Serif"_L1 || QFontInfo(font).family().startsWith("DejaVu"_L1);
    if (fellBack && QFontDatabase::families().contains(u"Inter"_s)) {
        font.setFamily(u"Inter"_s);
        QApplication::setFont(font);
    }
}

}

bool noteDesktopScheme(Preferences& preferences, ColorScheme scheme)
{
    const QString word = scheme == ColorScheme::Dark ? u"dark"_s : scheme == ColorScheme::Light ? u"light"_s : QString();
    if (preferences.value(schemeKey).toString() == word)
        return false;
    preferences.setValue(schemeKey, word);
    return true;
}

void applyLook(const Preferences& preferences)
{
    const bool paletteIsDark = desktopIsDark();
    const QString told = preferences.value(schemeKey).toString();
    const bool systemDark = told.isEmpty() ? paletteIsDark : told == "dark"_L1;
    if (!qobject_cast<Style*>(QApplication::style())) {
        chooseFace();
        QApplication::setStyle(new Style);
    }
    const ThemeChoice choice = preferences.theme();
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemDark);
    QApplication::setPalette((dark ? darkTheme() : lightTheme()).palette());
    setBodyPixels(preferences.bodyPixels());
}

}
