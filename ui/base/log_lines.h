// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <limits>

namespace ui {

/// A text of lines that grows at its end. The bytes are kept as they came; lines are decoded as they are shown.
class LogLines {
public:
    static constexpr int allLines = std::numeric_limits<int>::max();

    /// Whether what was shown before stands unchanged at its beginning, so that places in it still hold. No more than `atOnce` lines are
    /// looked for; readMore() goes on from there.
    bool setText(const QByteArray& text, int atOnce = allLines);
    void append(const QByteArray& text, int atOnce = allLines);
    void readMore(int atOnce);
    /// Whether the beginning of every line is known.
    [[nodiscard]] bool isRead() const { return m_read == m_text.size(); }
    /// How many lines are known.
    [[nodiscard]] int count() const { return static_cast<int>(m_starts.size()); }
    /// The bytes of a line, without its end.
    [[nodiscard]] QByteArrayView raw(int line) const;
    /// For a painter: no more than 4,000 characters; controls and marks that turn the direction of text become visible signs.
    [[nodiscard]] QString visible(int line) const;
    [[nodiscard]] const QByteArray& text() const { return m_text; }
    /// Of the longest line.
    [[nodiscard]] qsizetype longestBytes() const { return m_longest; }
    /// The next line from `from` on (or back from it) that holds the text, whatever its case (A-Z); goes on at the other end. -1: none.
    [[nodiscard]] int find(const QByteArray& wanted, int from, bool backwards) const;
    /// How many lines hold it.
    [[nodiscard]] int countOf(const QByteArray& wanted) const;

private:
    QByteArray m_text;
    QList<qsizetype> m_starts;
    qsizetype m_read = 0;    // up to here the lines are known
    qsizetype m_longest = 0;
};

/// Whether a line of a tool's output reads like the trouble that a person looks for ("Error while filtering", "No such file").
[[nodiscard]] bool looksLikeTrouble(QByteArrayView line);

}
