// SPDX-License-Identifier: Apache-2.0
#include "ui/media/row_painting.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyleOption>
#include <QTableView>

namespace ui {

void paintRowGround(QPainter* painter, const QStyleOptionViewItem& option, bool isFirstColumn)
{
    const Theme& theme = themeOf(option.palette);
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, (option.state & QStyle::State_Active) ? theme.highlight : theme.inactiveHighlight);
        if (isFirstColumn)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme.accent);
    }
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);
}

void setUpRows(QTableView* table, int rowHeight)
{
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setCornerButtonEnabled(false);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setMinimumSectionSize(1);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(rowHeight);
    QHeaderView* header = table->horizontalHeader();
    header->setFont(textFont(TextRole::Small));
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setFixedHeight(scaled(28));
    header->setAccessibleName(table->accessibleName());
}

}
