// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace app {

/// Text of others, made fit for a terminal: control characters (also C1), bidi marks, other invisible formats and line separators are written
/// as "\n", "\x1b", "\u{202e}", so that nothing moves the cursor, turns the line round or hides.
[[nodiscard]] QString visible(QStringView text);
/// The same for text of several lines: line feeds and tabs stay.
[[nodiscard]] QString visibleLines(QStringView text);
/// JSON with those characters written as its own escapes: the same value, harmless on a terminal.
[[nodiscard]] QByteArray visibleJson(const QByteArray& json);

/// How many cells of a terminal the text takes: wide characters two, combining marks none.
[[nodiscard]] int cellWidth(QStringView text);
/// The text in at most `cells` cells; what was cut is told by an ellipsis at its end.
[[nodiscard]] QString elided(const QString& text, int cells);

}
