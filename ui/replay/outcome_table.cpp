// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/outcome_table.h"

#include "ui/base/plain_header.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

enum Column { Gutter, Name, Before, After };
constexpr int columns = 4;

class DiffDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        const OutcomeRow& row = static_cast<const OutcomeModel*>(index.model())->rows().at(index.row());
        const bool isAfter = index.column() == After && (row.kind == OutcomeRow::Kind::Changed || row.kind == OutcomeRow::Kind::Added);
        const bool isBefore = index.column() == Before && row.kind == OutcomeRow::Kind::Changed;
        QColor ground = row.kind == OutcomeRow::Kind::Heading ? theme.alternateBase : theme.base;
        QColor ink = row.kind == OutcomeRow::Kind::Heading || (row.kind == OutcomeRow::Kind::Added && index.column() == Before)
                         ? theme.text2
                         : theme.text;
        if (isAfter || isBefore) {
            ground = isAfter ? theme.added.fill : theme.removed.fill;
            ink = isAfter ? theme.added.ink : theme.removed.ink;
        }
        painter->save();
        painter->fillRect(option.rect, ground);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);
        const auto* table = static_cast<const QTableView*>(option.widget);
        if (table->hasFocus() && table->currentIndex().row() == index.row() && index.column() == Gutter)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme.accent);
        const QString text = index.data().toString();
        const QRect room = index.column() == Gutter ? option.rect : option.rect.adjusted(scaled(8), 0, -scaled(8), 0);
        painter->setFont(textFont(row.kind == OutcomeRow::Kind::Heading ? TextRole::Small : TextRole::MonoSmall));
        painter->setPen(index.column() == Gutter && row.kind == OutcomeRow::Kind::Added ? theme.added.ink : ink);
        painter->drawText(room, (index.column() == Gutter ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(text, Qt::ElideMiddle, room.width()));
        painter->restore();
    }
};

}

void OutcomeModel::setRows(const QList<OutcomeRow>& rows)
{
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int OutcomeModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OutcomeModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant OutcomeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const OutcomeRow& row = m_rows.at(index.row());
    if (role == Qt::DisplayRole) {
        switch (index.column()) {
        case Gutter: return row.kind == OutcomeRow::Kind::Changed ? u"~"_s : row.kind == OutcomeRow::Kind::Added ? u"+"_s : QString();
        case Name: return row.column;
        case Before: return row.before;
        case After: return row.after;
        default: return {};
        }
    }
    if (role == Qt::ToolTipRole && index.column() != Gutter)
        return data(index, Qt::DisplayRole).toString().toHtmlEscaped();
    if (role == Qt::AccessibleTextRole && row.kind != OutcomeRow::Kind::Heading && index.column() == Name)
        return row.kind == OutcomeRow::Kind::Changed ? tr("%1 changes from %2 to %3").arg(row.column, row.before, row.after)
               : row.kind == OutcomeRow::Kind::Added ? tr("new row in %1: %2").arg(row.column, row.after)
                                                     : tr("%1 stays %2").arg(row.column, row.after);
    return {};
}

QVariant OutcomeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Column");
    case Before: return tr("Before");
    case After: return tr("After");
    default: return QString();
    }
}

OutcomeTable::OutcomeTable(const QString& name, QWidget* parent) : QTableView(parent), m_model(new OutcomeModel(this))
{
    setAccessibleName(name);
    setModel(m_model);
    setItemDelegate(new DiffDelegate(this));
    setHorizontalHeader(new PlainHeader(this));
    horizontalHeader()->setMinimumSectionSize(scaled(20));
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    applyMetrics();
}

void OutcomeTable::setRows(const QList<OutcomeRow>& rows)
{
    if (rows == m_model->rows())
        return;
    m_model->setRows(rows);
    updateGeometry();
}

QSize OutcomeTable::sizeHint() const
{
    const int rows = std::max(1, m_model->rowCount());
    return {scaled(420), horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 2 * frameWidth()};
}

QSize OutcomeTable::minimumSizeHint() const
{
    const int rows = std::clamp(m_model->rowCount(), 1, 5);
    return {scaled(280), horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 2 * frameWidth()};
}

void OutcomeTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    const int gutter = scaled(24);
    const int room = viewport()->width() - gutter;
    setColumnWidth(Gutter, gutter);
    setColumnWidth(Name, room * 28 / 100);
    setColumnWidth(Before, room * 34 / 100);
    setColumnWidth(After, room - columnWidth(Name) - columnWidth(Before));
}

void OutcomeTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        applyMetrics();
}

void OutcomeTable::applyMetrics()
{
    verticalHeader()->setMinimumSectionSize(scaled(24));
    verticalHeader()->setDefaultSectionSize(scaled(24));
}

}
