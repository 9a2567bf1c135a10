// SPDX-License-Identifier: Apache-2.0
#include "ui/media/state_mark.h"

#include "ui/base/format.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QPainter>

namespace ui {

StateMark::StateMark(const core::jobs::JobSummary& job, QWidget* parent) : QWidget(parent), m_state(stateOf(job)), m_word(statusWord(job))
{
    setAccessibleName(m_word);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize StateMark::sizeHint() const
{
    return {scaled(22) + QFontMetrics(textFont(TextRole::SmallEmphasis)).horizontalAdvance(m_word) + 2, scaled(18)};
}

void StateMark::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    const QColor ink = theme.state(m_state).ink;
    const int side = scaled(16);
    paintIcon(&painter, QRect(0, (height() - side) / 2, side, side), stateIconName(m_state), ink);
    painter.setFont(textFont(TextRole::SmallEmphasis));
    painter.setPen(m_state == JobState::Done ? theme.text2 : ink);
    painter.drawText(rect().adjusted(scaled(22), 0, 0, 0), Qt::AlignVCenter, m_word);
}

}
