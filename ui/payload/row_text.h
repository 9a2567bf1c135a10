// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QFontMetrics>
#include <QList>
#include <QString>

namespace ui {

/// What is painted of a row of bytes, from left to right in the order of the bytes. A run holds one column for each byte; anything else is one
/// character with its marks, or a sign for what has no picture: controls, marks that turn the direction of text, bytes that are no UTF-8.
struct RowPiece {
    enum class Kind { Run, Character, Sign };
    Kind kind = Kind::Run;
    QString text;
    qsizetype offset = 0;    ///< in the document
    qsizetype length = 0;    ///< bytes
    int column = 0;
    int columns = 0;
};

[[nodiscard]] QList<RowPiece> rowPieces(QByteArrayView bytes, qsizetype offset, const QFontMetrics& metrics);
/// Where a byte begins; the end of the row for one behind it.
[[nodiscard]] int columnOf(const QList<RowPiece>& pieces, qsizetype offset);
/// The byte under a column, rounded to the nearer edge; the end of the row to the right of it.
[[nodiscard]] qsizetype offsetAt(const QList<RowPiece>& pieces, double column, qsizetype rowEnd);
/// Columns of the whole row.
[[nodiscard]] int columnsOf(const QList<RowPiece>& pieces);

}
