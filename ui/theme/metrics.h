// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFont>
#include <QFontMetrics>

class QWidget;

namespace ui {

/// The sizes of look.md are given at a body text of 13 px; everything grows and shrinks with it.
inline constexpr int bodyPixels = 13;

/// Body text: the application's font. Small: 12 px (headers, captions, status). Tiny: 11 px (axis labels, keycaps).
/// Title: 16 px bold. Tile: 20 px bold. Emphasis: body, bold. Mono: the system's fixed font at 0.9 of body.
enum class TextRole { Body, Emphasis, Small, SmallEmphasis, Tiny, Title, Tile, Mono, MonoSmall };
[[nodiscard]] QFont textFont(TextRole role);

/// A token of look.md ("28") in pixels of the present text size.
[[nodiscard]] int scaled(int pixelsAtBody);

/// The width of the widest digit: delegates right-align numbers on it, so that columns of digits stand still.
[[nodiscard]] int digitWidth(const QFontMetrics& metrics);

/// The application's font in pixels; ctrl and minus change it. Returns what was set, held within 9..24.
int setBodyPixels(int pixels);

}
