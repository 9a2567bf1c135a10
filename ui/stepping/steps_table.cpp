// SPDX-License-Identifier: Apache-2.0
#include "ui/stepping/steps_table.h"

#include "ui/base/plain_header.h"
#include "ui/stepping/step_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int lampTokens = 13;    // from lamp to lamp

class StepsDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        const auto* table = static_cast<const StepsTable*>(option.widget);
        const bool selected = option.state & QStyle::State_Selected;
        const bool active = table->hasFocus();
        painter->save();
        painter->fillRect(option.rect, selected ? (active ? theme.highlight : theme.inactiveHighlight) : theme.base);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);
        if (selected && index.column() == StepsModel::Number)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), active ? theme.accent : theme.outline);
        if (index.column() == StepsModel::Stages)
            paintLamps(painter, option.rect, table->steps().lampsAt(index.row()), theme);
        else
            paintText(painter, option, index, selected && active ? theme.highlightedText : theme.text);
        painter->restore();
    }

private:
    /// They differ by outline, so that they read in grey: passed is full, stopped a full square, skipped a line, not reached a ring.
    static void paintLamps(QPainter* painter, const QRect& rect, const QList<StageLamp>& lamps, const Theme& theme)
    {
        painter->setRenderHint(QPainter::Antialiasing);
        const double side = scaled(8);
        double x = rect.left() + scaled(8);
        for (const StageLamp& lamp : lamps) {
            const QRectF box(x, rect.center().y() - side / 2 + 0.5, side, side);
            painter->setPen(Qt::NoPen);
            switch (lamp.state) {
            case LampState::Passed:
            case LampState::WouldDo:
                painter->setBrush(theme.done.ink);
                painter->drawEllipse(box);
                break;
            case LampState::Stopped:
                painter->setBrush(theme.failed.ink);
                painter->drawRect(box);
                break;
            case LampState::Skipped: painter->fillRect(QRectF(box.left(), box.center().y() - 1, side, 2), theme.text3); break;
            case LampState::NotReached:
                painter->setBrush(Qt::NoBrush);
                painter->setPen(QPen(theme.text3, 1.2));
                painter->drawEllipse(box.adjusted(0.6, 0.6, -0.6, -0.6));
                break;
            }
            x += scaled(lampTokens);
        }
    }
    static void paintText(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const QColor& ink)
    {
        const Theme& theme = themeOf(option.palette);
        const auto& model = static_cast<const StepsTable*>(option.widget)->steps();
        QRect room = option.rect.adjusted(scaled(8), 0, -scaled(8), 0);
        const qsizetype step = StepsModel::stepOf(index.row());
        painter->setPen(index.column() == StepsModel::What ? ink : theme.text2);
        if (index.column() == StepsModel::CameTo && step >= 0) {
            const auto& result = model.run().steps.at(step);
            const bool isOff = model.isOff(index.row());
            const QColor mark = isOff ? theme.failed.ink : answerInk(result, theme);
            const int side = scaled(16);
            paintIcon(painter, QRect(room.left(), room.center().y() - side / 2, side, side),
                      isOff ? u"dialog-warning"_s : answerIcon(result), mark);
            room.setLeft(room.left() + side + scaled(6));
            painter->setPen(mark);
        }
        painter->setFont(textFont(TextRole::Body));
        const int side = index.column() == StepsModel::Number ? Qt::AlignRight : Qt::AlignLeft;
        painter->drawText(room, side | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width()));
    }
};

}

StepsTable::StepsTable(StepsModel* model, QWidget* parent) : QTableView(parent), m_model(model)
{
    setAccessibleName(tr("Steps"));
    setModel(model);
    setItemDelegate(new StepsDelegate(this));
    setHorizontalHeader(new PlainHeader(this));
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    applyMetrics();
    connect(model, &QAbstractItemModel::modelReset, this, &StepsTable::applyMetrics);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { emit currentRowChanged(current.row()); });
}

void StepsTable::goTo(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    setCurrentIndex(m_model->index(row, StepsModel::What));
    scrollTo(currentIndex());
}

void StepsTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    applyMetrics();
}

void StepsTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyMetrics();
}

void StepsTable::applyMetrics()
{
    verticalHeader()->setMinimumSectionSize(scaled(28));
    verticalHeader()->setDefaultSectionSize(scaled(28));
    const int number = scaled(m_model->rowCount() > 1000 ? 56 : 36);
    const int stages = 7 * scaled(lampTokens) + scaled(16);
    const int room = viewport()->width() - number - stages;
    setColumnWidth(StepsModel::Number, number);
    setColumnWidth(StepsModel::Stages, stages);
    setColumnWidth(StepsModel::CameTo, std::max(scaled(120), room * 42 / 100));
    setColumnWidth(StepsModel::What, std::max(scaled(100), room - columnWidth(StepsModel::CameTo)));
}

}
