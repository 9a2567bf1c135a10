// SPDX-License-Identifier: Apache-2.0
#include "ui/media/row_painting.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QStyleOption>
#include <QTableView>

namespace ui {

namespace {

/// Titles with the padding of the cells below them, so that both end at the same place.
class RowHeader final : public QHeaderView {
public:
    explicit RowHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {}

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        const Theme& theme = themeOf(palette());
        painter->fillRect(rect, theme.window);
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.border);
        painter->setFont(textFont(TextRole::Small));
        painter->setPen(theme.text2);
        const auto alignment = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole);
        painter->drawText(rect.adjusted(scaled(8), 0, -scaled(8), -1), alignment.isValid() ? alignment.toInt() : int(Qt::AlignVCenter),
                          model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString());
    }
};

/// The focus may also be beside the table: in the search above it, on the wave it belongs to.
bool isPaneActive(const QStyleOptionViewItem& option)
{
    const QWidget* pane = option.widget ? option.widget->parentWidget() : nullptr;
    const QWidget* focus = QApplication::focusWidget();
    return (option.state & QStyle::State_Active) || (pane && focus && pane->isAncestorOf(focus));
}

}

void paintRowGround(QPainter* painter, const QStyleOptionViewItem& option, bool isFirstColumn)
{
    const Theme& theme = themeOf(option.palette);
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, isPaneActive(option) ? theme.highlight : theme.inactiveHighlight);
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
    QObject::connect(qApp, &QApplication::focusChanged, table->viewport(), qOverload<>(&QWidget::update));
    auto* header = new RowHeader(table);
    table->setHorizontalHeader(header);
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setFixedHeight(scaled(28));
    header->setAccessibleName(table->accessibleName());
}

}
