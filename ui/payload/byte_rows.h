// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"

#include <QByteArray>

#include <vector>

namespace ui {

/// How bytes lie in rows: a row ends at a line break, or after `columns` bytes (moved back to the beginning of a UTF-8 character).
/// Keeps one mark every 16 KiB, so a gigabyte costs 1.5 MB and any row is found at once, also in one line of a gigabyte.
class ByteRows {
public:
    struct Row {
        qint64 number = 0;
        qsizetype begin = 0;
        qsizetype end = 0;    ///< without the line break
        qsizetype lineStart = 0;
        qint64 line = 0;    ///< from 0
        [[nodiscard]] bool beginsLine() const { return begin == lineStart; }
    };

    ByteRows() = default;
    ByteRows(QByteArray bytes, int columns) : m_bytes(std::move(bytes)), m_columns(columns) {}

    /// Goes on until that many bytes are known or it is told to stop.
    void scan(qsizetype until, const core::CancelToken& token = {});
    [[nodiscard]] bool isComplete() const { return m_scanned >= m_bytes.size(); }
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }
    [[nodiscard]] int columns() const { return m_columns; }

    /// Of what is scanned so far.
    [[nodiscard]] qint64 rowCount() const;
    [[nodiscard]] qint64 lineCount() const;
    /// 0 <= number < rowCount().
    [[nodiscard]] Row row(qint64 number) const;
    [[nodiscard]] bool isLast(const Row& row) const;
    [[nodiscard]] Row after(const Row& row) const;
    /// The row that shows this byte; the last for one beyond the end, or beyond what is scanned.
    [[nodiscard]] Row rowOf(qsizetype offset) const;

private:
    struct Mark {
        qsizetype lineStart;
        qint64 row;    // of lineStart
        qint64 line;
    };
    [[nodiscard]] qint64 rowsOf(qsizetype length) const;
    [[nodiscard]] qsizetype boundary(qsizetype lineStart, qint64 part) const;
    [[nodiscard]] Row rowOfPart(const Mark& line, qint64 part) const;
    [[nodiscard]] qsizetype lineBreak(qsizetype from, qsizetype to) const;

    QByteArray m_bytes;
    int m_columns = 80;
    qsizetype m_scanned = 0;
    Mark m_last{};    // of the line that m_scanned lies in
    std::vector<Mark> m_marks;
};

}
