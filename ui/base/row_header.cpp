// SPDX-License-Identifier: Apache-2.0
#include "ui/base/row_header.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace ui {

RowHeader::RowHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setHighlightSections(false);
    setSectionsClickable(false);
}

void RowHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const Theme& theme = themeOf(palette());
    painter->fillRect(rect, theme.window);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.border);
    painter->setFont(textFont(TextRole::Small));
    painter->setPen(theme.text2);
    const QRect place = rect.adjusted(scaled(8), 0, -scaled(8), -1);
    const auto alignment = model()->headerData(section, orientation(), Qt::TextAlignmentRole).value<Qt::Alignment>();
    const QString title = model()->headerData(section, orientation()).toString();
    painter->drawText(place, static_cast<int>(alignment), painter->fontMetrics().elidedText(title, Qt::ElideRight, place.width()));
}

}
