// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/outcome_counts.h"

#include "ui/base/format.h"
#include "ui/pages/webhooks/delivery_text.h"
#include "ui/replay/replay_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int gap = 16;

}

OutcomeCounts::OutcomeCounts(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void OutcomeCounts::setCounts(const QMap<core::webhooks::Outcome, qint64>& counts)
{
    m_counts = counts;
    QStringList words;
    for (const auto outcome : replayOutcomes)
        words << u"%1 %2"_s.arg(countText(counts.value(outcome)), outcomeText(outcome));
    setAccessibleName(words.join(u", "_s));
    updateGeometry();
    update();
}

QSize OutcomeCounts::sizeHint() const
{
    int width = 0;
    for (const auto outcome : replayOutcomes)
        width += scaled(16) + 4 + QFontMetrics(textFont(TextRole::Emphasis)).horizontalAdvance(countText(m_counts.value(outcome))) + 4 +
                 QFontMetrics(textFont(TextRole::Body)).horizontalAdvance(outcomeText(outcome)) + scaled(gap);
    return {width, scaled(20)};
}

void OutcomeCounts::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    int x = 0;
    const auto write = [&](const QString& text, TextRole role, const QColor& ink) {
        painter.setFont(textFont(role));
        painter.setPen(ink);
        const int width = painter.fontMetrics().horizontalAdvance(text);
        painter.drawText(QRect(x, 0, width + 2, height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += width + 4;
    };
    for (const auto outcome : replayOutcomes) {
        const int side = scaled(16);
        paintIcon(&painter, QRect(x, (height() - side) / 2, side, side), replayIcon(outcome), replayInk(outcome, theme));
        x += side + 4;
        write(countText(m_counts.value(outcome)), TextRole::Emphasis, theme.text);
        write(outcomeText(outcome), TextRole::Body, theme.text2);
        x += scaled(gap) - 4;
    }
}

}
