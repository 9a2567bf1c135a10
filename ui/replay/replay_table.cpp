// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/replay_table.h"

#include "ui/base/plain_header.h"
#include "ui/replay/replay_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace ui {

namespace {

class ReplayDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        const auto* table = static_cast<const ReplayTable*>(option.widget);
        const bool selected = option.state & QStyle::State_Selected;
        const bool isCurrent = table->currentIndex().row() == index.row();
        const bool included = table->deliveries().isIncluded(index.row());
        painter->save();
        painter->fillRect(option.rect, selected ? (table->hasFocus() ? theme.highlight : theme.inactiveHighlight) : theme.base);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);
        if (isCurrent && selected && index.column() == 0)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme.accent);
        if (index.column() == ReplayModel::Included)
            paintMark(painter, option, included);
        else
            paintText(painter, option, index, selected && table->hasFocus() ? theme.highlightedText : theme.text);
        painter->restore();
    }

private:
    static void paintMark(QPainter* painter, const QStyleOptionViewItem& option, bool included)
    {
        QStyleOptionButton mark;
        const int side = scaled(16);
        mark.rect = QRect(option.rect.center().x() - side / 2 + 1, option.rect.center().y() - side / 2, side, side);
        mark.palette = option.palette;
        mark.state = QStyle::State_Enabled | (included ? QStyle::State_On : QStyle::State_Off);
        option.widget->style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &mark, painter, option.widget);
    }
    static void paintText(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const QColor& ink)
    {
        const Theme& theme = themeOf(option.palette);
        QRect room = option.rect.adjusted(scaled(8), 0, -scaled(8), 0);
        const QString text = index.data().toString();
        const QVariant outcome = index.data(ReplayModel::OutcomeRole);
        painter->setPen(index.column() == ReplayModel::Says ? ink : theme.text2);
        if (text.isEmpty())
            painter->setPen(theme.text3);
        if (index.column() == ReplayModel::DryRun && outcome.isValid()) {
            const auto what = static_cast<core::webhooks::Outcome>(outcome.toInt());
            const int side = scaled(16);
            paintIcon(painter, QRect(room.left(), room.center().y() - side / 2, side, side), replayIcon(what), replayInk(what, theme));
            room.setLeft(room.left() + side + scaled(6));
            painter->setPen(replayInk(what, theme));
        }
        painter->setFont(textFont(index.column() == ReplayModel::Received ? TextRole::MonoSmall : TextRole::Body));
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          text.isEmpty() ? QString(QChar(0x2013)) : painter->fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
    }
};

}

ReplayTable::ReplayTable(ReplayModel* model, QWidget* parent) : QTableView(parent), m_model(model)
{
    setAccessibleName(tr("Deliveries to replay"));
    setModel(model);
    setItemDelegate(new ReplayDelegate(this));
    setHorizontalHeader(new PlainHeader(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(scaled(28));
    verticalHeader()->setDefaultSectionSize(scaled(28));
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { emit currentRowChanged(current.row()); });
}

void ReplayTable::keyPressEvent(QKeyEvent* event)
{
    const QModelIndexList rows = selectionModel()->selectedRows(ReplayModel::Included);
    if (event->key() != Qt::Key_Space || rows.isEmpty())
        return QTableView::keyPressEvent(event);
    // Of several, all become what the current one is not.
    const bool include = !m_model->isIncluded(currentIndex().row());
    for (const QModelIndex& row : rows)
        (void)m_model->setData(row, include ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
}

void ReplayTable::mousePressEvent(QMouseEvent* event)
{
    QTableView::mousePressEvent(event);
    const QModelIndex at = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && at.isValid() && at.column() == ReplayModel::Included)
        (void)m_model->setData(at, m_model->isIncluded(at.row()) ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

void ReplayTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    const int room = viewport()->width() - scaled(36);
    setColumnWidth(ReplayModel::Included, scaled(36));
    setColumnWidth(ReplayModel::Received, room * 20 / 100);
    setColumnWidth(ReplayModel::Source, room * 13 / 100);
    setColumnWidth(ReplayModel::Says, room * 21 / 100);
    setColumnWidth(ReplayModel::Was, room * 22 / 100);
    setColumnWidth(ReplayModel::DryRun, room - columnWidth(ReplayModel::Received) - columnWidth(ReplayModel::Source) -
                                            columnWidth(ReplayModel::Says) - columnWidth(ReplayModel::Was));
}

}
