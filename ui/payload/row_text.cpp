// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/row_text.h"

#include <QChar>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

struct Character {
    char32_t code = 0;
    qsizetype length = 0;    // 0: no UTF-8 here
};

/// One character of UTF-8 (RFC 3629: shortest form, no surrogates).
Character decoded(QByteArrayView bytes, qsizetype at)
{
    const auto byte = [&](qsizetype i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80)
        return {lead, 1};
    const qsizetype length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
    if (length == 0 || at + length > bytes.size())
        return {};
    char32_t code = lead & (0x7fU >> length);
    for (qsizetype i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xc0) != 0x80)
            return {};
        code = (code << 6) | (byte(at + i) & 0x3fU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < least[length] || code > 0x10ffff || QChar::isSurrogate(code))
        return {};
    return {code, length};
}

bool hasNoPicture(char32_t code)
{
    const QChar::Category category = QChar::category(code);
    return category == QChar::Other_Format || category == QChar::Other_Control || category == QChar::Separator_Line ||
           category == QChar::Separator_Paragraph || category == QChar::Other_NotAssigned || category == QChar::Other_PrivateUse;
}

QString byteSign(unsigned char byte)
{
    return u"\\x"_s + QString::number(uint{byte}, 16).toUpper().rightJustified(2, u'0');
}

QString signOf(char32_t code)
{
    if (code == U'\t')
        return u"\u2192"_s;
    if (code == U'\r')
        return u"\\r"_s;
    if (code < 0x20 || code == 0x7f)
        return byteSign(static_cast<unsigned char>(code));
    return u"<U+%1>"_s.arg(QString::number(static_cast<uint>(code), 16).toUpper().rightJustified(4, u'0'));
}

class Builder {
public:
    Builder(qsizetype offset, const QFontMetrics& metrics) : m_offset(offset), m_metrics(metrics), m_cell(metrics.horizontalAdvance(u'0'))
    {
    }

    void plain(char byte)
    {
        if (m_pieces.isEmpty() || m_pieces.last().kind != RowPiece::Kind::Run)
            add(RowPiece::Kind::Run, {}, 0, 0);
        m_pieces.last().text += QLatin1Char(byte);
        ++m_pieces.last().length;
        ++m_pieces.last().columns;
        ++m_offset;
        ++m_column;
    }
    void character(char32_t code, qsizetype length)
    {
        const QString text = QString::fromUcs4(&code, 1);
        const auto category = QChar::category(code);
        if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing) {
            mark(text, length);
            return;
        }
        add(RowPiece::Kind::Character, text, length, m_metrics.horizontalAdvance(text) * 5 > m_cell * 6 ? 2 : 1);
    }
    void sign(const QString& text, qsizetype length) { add(RowPiece::Kind::Sign, text, length, static_cast<int>(text.size())); }
    [[nodiscard]] QList<RowPiece> take() { return std::move(m_pieces); }

private:
    void add(RowPiece::Kind kind, const QString& text, qsizetype length, int columns)
    {
        m_pieces << RowPiece{kind, text, m_offset, length, m_column, columns};
        m_offset += length;
        m_column += columns;
    }
    /// Stands over the character before it; a run gives its last one away.
    void mark(const QString& text, qsizetype length)
    {
        if (m_pieces.isEmpty() || m_pieces.last().kind == RowPiece::Kind::Sign) {
            add(RowPiece::Kind::Character, u"\u25cc"_s + text, length, 1);
            return;
        }
        if (m_pieces.last().kind == RowPiece::Kind::Run && m_pieces.last().length > 1) {
            RowPiece& run = m_pieces.last();
            const RowPiece base{
                RowPiece::Kind::Character, run.text.right(1), run.offset + run.length - 1, 1, run.column + run.columns - 1, 1};
            run.text.chop(1);
            --run.length;
            --run.columns;
            m_pieces << base;
        }
        m_pieces.last().kind = RowPiece::Kind::Character;
        m_pieces.last().text += text;
        m_pieces.last().length += length;
        m_offset += length;
    }

    QList<RowPiece> m_pieces;
    qsizetype m_offset;
    QFontMetrics m_metrics;
    int m_cell;
    int m_column = 0;
};

}

QList<RowPiece> rowPieces(QByteArrayView bytes, qsizetype offset, const QFontMetrics& metrics)
{
    Builder builder(offset, metrics);
    for (qsizetype at = 0; at < bytes.size();) {
        const char byte = bytes[at];
        if (byte >= 0x20 && byte < 0x7f) {
            builder.plain(byte);
            ++at;
            continue;
        }
        const Character character = decoded(bytes, at);
        if (character.length == 0)
            builder.sign(byteSign(static_cast<unsigned char>(byte)), 1);
        else if (hasNoPicture(character.code))
            builder.sign(signOf(character.code), character.length);
        else
            builder.character(character.code, character.length);
        at += std::max<qsizetype>(1, character.length);
    }
    return builder.take();
}

int columnOf(const QList<RowPiece>& pieces, qsizetype offset)
{
    for (const RowPiece& piece : pieces) {
        if (offset < piece.offset + piece.length)
            return piece.kind == RowPiece::Kind::Run ? piece.column + static_cast<int>(std::max<qsizetype>(0, offset - piece.offset))
                                                     : piece.column;
    }
    return columnsOf(pieces);
}

qsizetype offsetAt(const QList<RowPiece>& pieces, double column, qsizetype rowEnd)
{
    for (const RowPiece& piece : pieces) {
        if (column >= piece.column + piece.columns)
            continue;
        const double inside = std::max(0.0, column - piece.column);
        if (piece.kind == RowPiece::Kind::Run)
            return piece.offset + static_cast<qsizetype>(inside + 0.5);
        return inside * 2 < piece.columns ? piece.offset : piece.offset + piece.length;
    }
    return rowEnd;
}

int columnsOf(const QList<RowPiece>& pieces)
{
    return pieces.isEmpty() ? 0 : pieces.last().column + pieces.last().columns;
}

}
