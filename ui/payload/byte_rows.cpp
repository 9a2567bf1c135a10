// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/byte_rows.h"

#include <algorithm>
#include <cstring>

namespace ui {

namespace {

constexpr qsizetype chunk = 16 * 1024;

bool continuesCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

}

qsizetype ByteRows::lineBreak(qsizetype from, qsizetype to) const
{
    if (from >= to)
        return -1;
    const char* const begin = m_bytes.constData();
    const auto* found = static_cast<const char*>(std::memchr(begin + from, '\n', static_cast<size_t>(to - from)));
    return found ? found - begin : -1;
}

qint64 ByteRows::rowsOf(qsizetype length) const
{
    return std::max<qint64>(1, (length + m_columns - 1) / m_columns);
}

void ByteRows::scan(qsizetype until, const core::CancelToken& token)
{
    until = std::min(until, m_bytes.size());
    while (m_scanned < until && !token.isCancelled()) {
        m_marks.push_back(m_last);
        const qsizetype end = std::min(m_scanned + chunk, m_bytes.size());
        for (qsizetype at = lineBreak(m_scanned, end); at >= 0; at = lineBreak(at + 1, end)) {
            m_last.row += rowsOf(at - m_last.lineStart);
            m_last.lineStart = at + 1;
            ++m_last.line;
        }
        m_scanned = end;
    }
}

qint64 ByteRows::rowCount() const
{
    return m_last.row + (m_scanned > m_last.lineStart ? rowsOf(m_scanned - m_last.lineStart) : 0);
}

qint64 ByteRows::lineCount() const
{
    return m_last.line + (m_scanned > m_last.lineStart ? 1 : 0);
}

qsizetype ByteRows::boundary(qsizetype lineStart, qint64 part) const
{
    const qsizetype at = lineStart + static_cast<qsizetype>(part) * m_columns;
    if (part == 0 || at >= m_bytes.size())
        return std::min(at, m_bytes.size());
    for (qsizetype back = 0; back <= 3; ++back) {
        if (!continuesCharacter(m_bytes.at(at - back)))
            return at - back;
    }
    return at;    // no character is that long: stray bytes
}

ByteRows::Row ByteRows::rowOfPart(const Mark& line, qint64 part) const
{
    Row row{line.row + part, boundary(line.lineStart, part), 0, line.lineStart, line.line};
    row.end = boundary(line.lineStart, part + 1);
    if (const qsizetype at = lineBreak(row.begin, row.end); at >= 0)
        row.end = at;
    return row;
}

ByteRows::Row ByteRows::row(qint64 number) const
{
    if (m_marks.empty())
        return {};
    const auto next =
        std::upper_bound(m_marks.begin(), m_marks.end(), number, [](qint64 wanted, const Mark& mark) { return wanted < mark.row; });
    const auto found = next == m_marks.begin() ? next : std::prev(next);
    Mark line = *found;
    // from here on: where the next mark is in another line, this line ends in this chunk
    qsizetype from = static_cast<qsizetype>(found - m_marks.begin()) * chunk;
    const qsizetype to = std::min(from + chunk, m_bytes.size());
    for (;;) {
        const qsizetype at = lineBreak(std::max(from, line.lineStart), to);
        if (at < 0 || number < line.row + rowsOf(at - line.lineStart))
            return rowOfPart(line, number - line.row);
        line.row += rowsOf(at - line.lineStart);
        line.lineStart = at + 1;
        ++line.line;
        from = at + 1;
    }
}

bool ByteRows::isLast(const Row& row) const
{
    return row.number + 1 >= rowCount();
}

ByteRows::Row ByteRows::after(const Row& row) const
{
    const qint64 part = (row.begin - row.lineStart + m_columns - 1) / m_columns;
    const Mark line{row.lineStart, row.number - part, row.line};
    const bool endsLine = row.end < m_bytes.size() && m_bytes.at(row.end) == '\n';
    if (endsLine)
        return rowOfPart({row.end + 1, row.number + 1, row.line + 1}, 0);
    return rowOfPart(line, part + 1);
}

ByteRows::Row ByteRows::rowOf(qsizetype offset) const
{
    if (m_marks.empty() || rowCount() == 0)
        return {};
    offset = std::clamp<qsizetype>(offset, 0, std::max<qsizetype>(0, m_scanned - 1));
    const size_t index = static_cast<size_t>(offset / chunk);
    Mark line = m_marks.at(index);
    for (qsizetype at = lineBreak(std::max(static_cast<qsizetype>(index) * chunk, line.lineStart), offset); at >= 0;
         at = lineBreak(at + 1, offset)) {
        line.row += rowsOf(at - line.lineStart);
        line.lineStart = at + 1;
        ++line.line;
    }
    // a line break belongs to the last row of its line
    const qsizetype shown = offset > line.lineStart && m_bytes.at(offset) == '\n' ? offset - 1 : offset;
    const Row row = rowOfPart(line, (shown - line.lineStart) / m_columns);
    // a boundary that moved back puts the last bytes of a part into the next one
    return shown >= row.end && m_bytes.at(shown) != '\n' ? after(row) : row;
}

}
