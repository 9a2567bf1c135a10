// SPDX-License-Identifier: Apache-2.0
#include "ui/media/transcript_delegate.h"

#include "ui/media/row_painting.h"
#include "ui/media/transcript_model.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int shownLines = 2;

/// A cue's text broken into lines, of which two are shown: the first two, or those around the current hit.
class CueText {
public:
    CueText(const TranscriptModel& model, int cue, const QRect& place) : m_model(model), m_cue(cue), m_place(place)
    {
        const QFont font = textFont(TextRole::Body);
        const QFontMetrics metrics(font);
        m_lineHeight = scaled(18);
        m_dots = metrics.horizontalAdvance(u'\u2026') + 2;
        m_layout.setText(model.shownText(cue));
        m_layout.setFont(font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        m_layout.setTextOption(option);
        m_layout.beginLayout();
        for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine())
            line.setLineWidth(std::max(8, place.width() - m_dots));
        m_layout.endLayout();
        m_first = firstLine();
        m_last = std::min(m_layout.lineCount(), m_first + shownLines);
        // what has one line stands in the middle
        m_top = place.top() + (place.height() - (m_last - m_first) * m_lineHeight) / 2;
    }

    void paint(QPainter* painter, const Theme& theme) const
    {
        const auto weak = m_model.weakWords(m_cue);
        for (const WeakWord& word : weak) {
            for (const QRectF& box : boxes(word.span)) {
                painter->fillRect(box, word.isUnderHalf ? theme.wordUnder50 : theme.wordUnder75);
                QPen pen(theme.warning().ink, 1);
                pen.setStyle(word.isUnderHalf ? Qt::SolidLine : Qt::DotLine);
                painter->setPen(pen);
                painter->drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right() - 1, box.bottom()));
            }
        }
        const auto [firstHit, hitCount] = m_model.hitsIn(m_cue);
        for (int hit = firstHit; hit < firstHit + hitCount; ++hit) {
            const bool current = hit == m_model.currentHit();
            for (const QRectF& box : boxes(m_model.hits().at(hit).span)) {
                painter->fillRect(box, theme.hit.fill);
                painter->setBrush(Qt::NoBrush);
                painter->setPen(QPen(current ? theme.hit.ink : theme.warning().ink, current ? 2 : 1));
                const double out = current ? 1 : -0.5;
                painter->drawRect(box.adjusted(-out, -out, out, out));
            }
        }
        for (int number = m_first; number < m_last; ++number) {
            const QTextLine line = m_layout.lineAt(number);
            painter->setPen(theme.text);
            painter->setFont(m_layout.font());
            // a line at a time: QTextLayout::draw() would draw those that are left out too
            const double y = m_top + (number - m_first) * m_lineHeight + (m_lineHeight - line.height()) / 2;
            line.draw(painter, QPointF(m_place.left(), y - line.y()));
            if (number == m_last - 1 && m_last < m_layout.lineCount())
                painter->drawText(QPointF(m_place.left() + line.naturalTextWidth() + 1, y + line.ascent()), u"\u2026"_s);
        }
    }

private:
    [[nodiscard]] int firstLine() const
    {
        const int current = m_model.currentHit();
        if (current < 0 || m_model.hits().at(current).cue != m_cue || m_layout.lineCount() <= shownLines)
            return 0;
        const qsizetype at = std::min<qsizetype>(m_model.hits().at(current).span.from, m_layout.text().size());
        const QTextLine line = m_layout.lineForTextPosition(int(at));
        return line.isValid() ? std::clamp(line.lineNumber() - 1, 0, m_layout.lineCount() - shownLines) : 0;
    }

    /// A stretch of text that breaks over lines has a box on each.
    [[nodiscard]] QList<QRectF> boxes(const TextSpan& span) const
    {
        QList<QRectF> found;
        for (int number = m_first; number < m_last; ++number) {
            const QTextLine line = m_layout.lineAt(number);
            const int from = std::max(int(std::min<qsizetype>(span.from, m_layout.text().size())), line.textStart());
            const int to =
                std::min(int(std::min<qsizetype>(span.from + span.length, m_layout.text().size())), line.textStart() + line.textLength());
            if (to <= from)
                continue;
            const double one = line.cursorToX(from);
            const double other = line.cursorToX(to);
            const double top = m_top + (number - m_first) * m_lineHeight;
            found << QRectF(std::floor(m_place.left() + std::min(one, other)), top + 1, std::ceil(std::abs(other - one)), m_lineHeight - 2);
        }
        return found;
    }

    const TranscriptModel& m_model;
    int m_cue;
    QRect m_place;
    QTextLayout m_layout;
    int m_lineHeight = 18;
    int m_dots = 10;
    int m_first = 0;
    int m_last = 0;
    int m_top = 0;
};

/// The words lie across columns: each cell paints all of it and shows its own part.
void paintSilence(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const Theme& theme)
{
    painter->save();
    painter->setClipRect(option.rect, Qt::IntersectClip);
    painter->fillRect(option.rect, theme.alternateBase);
    const auto* table = option.widget;
    const QRect row(0, option.rect.top(), table ? table->width() : option.rect.right(), option.rect.height());
    const int side = scaled(10);
    const int left = scaled(66);
    painter->fillRect(QRect(left, row.center().y() - side / 2, side, side), theme.warning().ink);
    painter->setFont(textFont(TextRole::Small));
    painter->setPen(theme.text2);
    painter->drawText(row.adjusted(left + side + scaled(8), 0, 0, 0), Qt::AlignVCenter,
                      index.siblingAtColumn(int(TranscriptModel::Column::Text)).data().toString());
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);
    painter->restore();
}

void paintConfidence(QPainter* painter, const QRect& rect, const QModelIndex& index, const Theme& theme)
{
    const QVariant confidence = index.data(TranscriptModel::ConfidenceRole);
    const QRect inner = rect.adjusted(scaled(4), 0, -scaled(8), 0);
    painter->setFont(textFont(TextRole::Body));
    painter->setPen(confidence.isValid() ? theme.text : theme.text3);
    painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter, index.data().toString());
    if (!confidence.isValid())
        return;
    const int width = scaled(32);
    const int height = scaled(6);
    const QRectF bar(inner.right() - scaled(40) - width, inner.center().y() - height / 2 + 1, width, height);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.track);
    painter->drawRoundedRect(bar, 2, 2);
    // under 90 % somebody should look
    painter->setBrush(confidence.toDouble() < 0.9 ? theme.warning().ink : theme.cue);
    painter->drawRoundedRect(QRectF(bar.left(), bar.top(), std::max(2.0, bar.width() * confidence.toDouble()), bar.height()), 2, 2);
    painter->restore();
}

}

void TranscriptDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = qobject_cast<const TranscriptModel*>(index.model());
    if (!model)
        return;
    const Theme& theme = themeOf(option.palette);
    const int cue = index.data(TranscriptModel::CueRole).toInt();
    if (cue < 0) {
        paintSilence(painter, option, index, theme);
        return;
    }
    paintRowGround(painter, option, index.column() == 0);
    const QRect inner = option.rect.adjusted(scaled(4), 0, -scaled(8), 0);
    switch (static_cast<TranscriptModel::Column>(index.column())) {
    case TranscriptModel::Column::Text:
        CueText(*model, cue, option.rect.adjusted(scaled(8), 0, -scaled(8), -1)).paint(painter, theme);
        return;
    case TranscriptModel::Column::Confidence: paintConfidence(painter, option.rect, index, theme); return;
    case TranscriptModel::Column::Start:
        painter->setFont(textFont(TextRole::Mono));
        painter->setPen(theme.text);
        break;
    case TranscriptModel::Column::Number:
    case TranscriptModel::Column::Length:
        painter->setFont(textFont(TextRole::Body));
        painter->setPen(theme.text2);
        break;
    }
    painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter, index.data().toString());
}

}
