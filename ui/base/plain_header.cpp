// SPDX-License-Identifier: Apache-2.0
#include "ui/base/plain_header.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace ui {

PlainHeader::PlainHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsMovable(false);
    setSectionsClickable(false);
    setHighlightSections(false);
    setMinimumSectionSize(scaled(32));
}

QSize PlainHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), scaled(28)};
}

void PlainHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const Theme& theme = themeOf(palette());
    painter->fillRect(rect, theme.window);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.border);
    const QVariant aligned = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole);
    const int alignment = aligned.isValid() ? aligned.toInt() : static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    const QRect inner = rect.adjusted(scaled(8), 0, -scaled(8), -1);
    painter->setFont(textFont(TextRole::Small));
    painter->setPen(theme.text2);
    const QString title = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
    painter->drawText(inner, alignment | Qt::TextSingleLine, painter->fontMetrics().elidedText(title, Qt::ElideRight, inner.width()));
}

}
