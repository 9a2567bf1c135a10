// SPDX-License-Identifier: Apache-2.0
#include "ui/session/preferences.h"

#include "ui/theme/metrics.h"

#include <QSettings>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

// pixels of the body text; what the dialog offers, so that ten presses of one key are not ten presses of the other
constexpr int smallestBody = 9;
constexpr int largestBody = 24;

}

Preferences::Preferences(const QString& file, QObject* parent)
    : QObject(parent),
      m_settings(file.isEmpty() ? std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, u"signalbox"_s, u"console"_s)
                                : std::make_unique<QSettings>(file, QSettings::IniFormat))
{
}

Preferences::~Preferences() = default;

ThemeChoice Preferences::theme() const
{
    const QString word = value(u"theme"_s).toString();
    return word == "light"_L1 ? ThemeChoice::Light : word == "dark"_L1 ? ThemeChoice::Dark : ThemeChoice::System;
}

void Preferences::setTheme(ThemeChoice choice)
{
    choose(u"theme"_s, choice == ThemeChoice::Light ? u"light"_s : choice == ThemeChoice::Dark ? u"dark"_s : u"system"_s);
}

QByteArray Preferences::chosenTimeZone() const
{
    return value(u"time_zone"_s).toByteArray();
}

QTimeZone Preferences::timeZone() const
{
    const QTimeZone chosen(chosenTimeZone());
    return chosen.isValid() ? chosen : QTimeZone::systemTimeZone();
}

void Preferences::setTimeZone(const QByteArray& ianaId)
{
    choose(u"time_zone"_s, ianaId);
}

bool Preferences::showsKeyboardHints() const
{
    return value(u"keyboard_hints"_s, true).toBool();
}

void Preferences::setShowsKeyboardHints(bool shows)
{
    choose(u"keyboard_hints"_s, shows);
}

int Preferences::bodyPixels() const
{
    return value(u"body_pixels"_s, ui::bodyPixels).toInt();
}

void Preferences::setBodyPixels(int pixels)
{
    choose(u"body_pixels"_s, std::clamp(pixels, smallestBody, largestBody));
}

bool Preferences::showsRelativeTimes() const
{
    return value(u"relative_times"_s, true).toBool();
}

void Preferences::setShowsRelativeTimes(bool relative)
{
    choose(u"relative_times"_s, relative);
}

QVariant Preferences::value(const QString& key, const QVariant& fallback) const
{
    return m_settings->value(key, fallback);
}

void Preferences::setValue(const QString& key, const QVariant& value)
{
    m_settings->setValue(key, value);
}

QString Preferences::fileName() const
{
    return m_settings->fileName();
}

void Preferences::choose(const QString& key, const QVariant& value)
{
    if (m_settings->value(key) == value)
        return;
    m_settings->setValue(key, value);
    emit changed();
}

}
