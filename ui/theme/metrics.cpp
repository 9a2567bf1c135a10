// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/metrics.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QWidget>

#include <algorithm>
#include <array>
#include <optional>

namespace ui {

namespace {

QFont sized(QFont font, double pixels, QFont::Weight weight = QFont::Normal)
{
    font.setPixelSize(std::max(1, qRound(pixels)));
    font.setWeight(weight);
    return font;
}

QFont made(TextRole role, const QFont& body, double unit)
{
    switch (role) {
    case TextRole::Body: return sized(body, 13 * unit);
    case TextRole::Emphasis: return sized(body, 13 * unit, QFont::DemiBold);
    case TextRole::Small: return sized(body, 12 * unit);
    case TextRole::SmallEmphasis: return sized(body, 12 * unit, QFont::DemiBold);
    case TextRole::Tiny: return sized(body, 11 * unit);
    case TextRole::Title: return sized(body, 16 * unit, QFont::DemiBold);
    case TextRole::Tile: return sized(body, 20 * unit, QFont::DemiBold);
    case TextRole::Mono: return sized(QFontDatabase::systemFont(QFontDatabase::FixedFont), 0.9 * 13 * unit);
    case TextRole::MonoSmall: return sized(QFontDatabase::systemFont(QFontDatabase::FixedFont), 0.9 * 12 * unit);
    }
    Q_UNREACHABLE();
}

/// The fonts of one body text. Kept: a list asks for them several times a cell, and a font that is made anew looks its glyphs up anew.
struct Faces {
    QFont body;
    double size = bodyPixels;
    std::array<QFont, static_cast<size_t>(TextRole::MonoSmall) + 1> roles;
};

Faces facesOf(const QFont& body)
{
    Faces faces{body, static_cast<double>(QFontInfo(body).pixelSize()), {}};
    for (size_t i = 0; i < faces.roles.size(); ++i)
        faces.roles[i] = made(static_cast<TextRole>(i), body, faces.size / bodyPixels);
    return faces;
}

const Faces& faces()
{
    static thread_local std::optional<Faces> known;    // a QFont() to compare with would be the body's copy
    if (const QFont body = QApplication::font(); !known || !body.isCopyOf(known->body))
        known = facesOf(body);
    return *known;
}

}

QFont textFont(TextRole role)
{
    return faces().roles.at(static_cast<size_t>(role));
}

int scaled(int pixelsAtBody)
{
    return qRound(pixelsAtBody * faces().size / bodyPixels);
}

int digitWidth(const QFontMetrics& metrics)
{
    int widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

int setBodyPixels(int pixels)
{
    QFont font = QApplication::font();
    font.setPixelSize(std::clamp(pixels, 9, 24));
    QApplication::setFont(font);
    // Qt tells windows only; what sits in them holds sizes of its own.
    const auto widgets = QApplication::allWidgets();
    for (QWidget* widget : widgets) {
        if (widget->isWindow())
            continue;
        // the one is for those beside a widget (text_size.h), the other for its own changeEvent(), which Qt calls for this one only
        for (const QEvent::Type type : {QEvent::ApplicationFontChange, QEvent::FontChange}) {
            QEvent changed(type);
            QCoreApplication::sendEvent(widget, &changed);
        }
    }
    return font.pixelSize();
}

}
