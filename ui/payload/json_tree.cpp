// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/json_tree.h"

#include "core/base/secrets.h"
#include "ui/base/plain_header.h"
#include "ui/payload/clipboard_text.h"
#include "ui/payload/json_tree_model.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

class JsonRowDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setMarked(const QString& text, Qt::CaseSensitivity sensitivity)
    {
        m_marked = text;
        m_sensitivity = sensitivity;
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {scaled(80), scaled(24)}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        const auto column = static_cast<JsonTreeModel::Column>(index.column());
        const bool selected = option.state & QStyle::State_Selected;
        const bool active = option.widget && option.widget->hasFocus();
        painter->save();
        painter->setClipRect(option.rect);
        if (selected)
            painter->fillRect(option.rect, active ? theme.highlight : theme.inactiveHighlight);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);
        const QRect inner = option.rect.adjusted(column == JsonTreeModel::Column::Key ? scaled(2) : scaled(8), 0, -scaled(8), -1);
        const QFont font = textFont(column == JsonTreeModel::Column::Kind ? TextRole::Small : TextRole::Mono);
        painter->setFont(font);
        const QString text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, inner.width());
        if (column != JsonTreeModel::Column::Kind)
            paintMarks(*painter, inner, text, theme);
        const bool quiet = column == JsonTreeModel::Column::Kind || (column == JsonTreeModel::Column::Value && hasBelow(index));
        painter->setPen(quiet ? theme.text3 : selected && active ? theme.highlightedText : theme.text);
        painter->drawText(inner, Qt::AlignVCenter | Qt::TextSingleLine, text);
        painter->restore();
    }

private:
    static bool hasBelow(const QModelIndex& index) { return index.model()->hasChildren(index.siblingAtColumn(0)); }
    void paintMarks(QPainter& painter, const QRect& inner, const QString& text, const Theme& theme) const
    {
        if (m_marked.isEmpty())
            return;
        const QFontMetrics metrics = painter.fontMetrics();
        const int height = metrics.height();
        for (qsizetype at = text.indexOf(m_marked, 0, m_sensitivity); at >= 0;
             at = text.indexOf(m_marked, at + m_marked.size(), m_sensitivity)) {
            const int left = metrics.horizontalAdvance(text.left(at));
            const int right = metrics.horizontalAdvance(text.left(at + m_marked.size()));
            painter.fillRect(QRect(inner.left() + left, inner.center().y() - height / 2, right - left, height + 1), theme.hit.fill);
        }
    }
    QString m_marked;
    Qt::CaseSensitivity m_sensitivity = Qt::CaseInsensitive;
};

/// A row by something that outlives its document: the place of its first value, and how many ranges are between.
struct Place {
    QString pointer;
    int ranges = 0;
};

Place placeOf(const JsonTreeModel& model, const QModelIndex& index)
{
    return {model.isRange(index) ? model.firstPointerOf(index) : model.pointerOf(index), model.rangeLevel(index)};
}

QModelIndex indexOf(JsonTreeModel& model, const Place& place)
{
    QModelIndex index = model.indexOf(place.pointer);
    for (int i = 0; i < place.ranges && model.isRange(index.parent()); ++i)
        index = index.parent();
    return index;
}

void collectExpanded(const QTreeView& tree, const JsonTreeModel& model, const QModelIndex& parent, QList<Place>& places)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (!tree.isExpanded(index))
            continue;
        places << placeOf(model, index);
        collectExpanded(tree, model, index, places);
    }
}

}

JsonTree::JsonTree(QWidget* parent) : QTreeView(parent), m_model(new JsonTreeModel(this))
{
    setModel(m_model);
    setHeader(new PlainHeader(this));
    setItemDelegate(new JsonRowDelegate(this));
    setAccessibleName(tr("Tree of the payload"));
    setUniformRowHeights(true);
    setEditTriggers(NoEditTriggers);
    setAllColumnsShowFocus(true);
    setExpandsOnDoubleClick(true);
    setLayoutDirection(Qt::LeftToRight);    // payloads are never mirrored
    setVerticalScrollMode(ScrollPerPixel);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(static_cast<int>(JsonTreeModel::Column::Value), QHeaderView::Stretch);
    applyMetrics();
}

void JsonTree::applyMetrics()
{
    setIndentation(scaled(16));
    header()->resizeSection(static_cast<int>(JsonTreeModel::Column::Key), scaled(200));
    header()->resizeSection(static_cast<int>(JsonTreeModel::Column::Kind), scaled(72));
}

void JsonTree::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const
{
    const Theme& theme = themeOf(palette());
    const bool selected = selectionModel()->isSelected(index);
    if (selected)
        painter->fillRect(rect, hasFocus() ? theme.highlight : theme.inactiveHighlight);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.hairline);
    QTreeView::drawBranches(painter, rect, index);
    if (selected)
        painter->fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent);
}

void JsonTree::setText(const std::optional<core::JsonText>& text, bool keepsPlace, const std::optional<JsonRanges>& ranges)
{
    QList<Place> expanded;
    Place current;
    if (keepsPlace) {
        collectExpanded(*this, *m_model, {}, expanded);
        if (currentIndex().isValid())
            current = placeOf(*m_model, currentIndex());
    }
    const int scroll = keepsPlace ? verticalScrollBar()->value() : 0;
    m_model->setText(text, ranges);
    for (const Place& place : std::as_const(expanded))
        setExpanded(indexOf(*m_model, place), true);
    if (!current.pointer.isEmpty())
        setCurrentIndex(indexOf(*m_model, current));
    doItemsLayout();
    verticalScrollBar()->setValue(scroll);
}

void JsonTree::setMarked(const QString& text, bool matchesCase)
{
    static_cast<JsonRowDelegate*>(itemDelegate())->setMarked(text, matchesCase ? Qt::CaseSensitive : Qt::CaseInsensitive);
    viewport()->update();
}

void JsonTree::showOffset(qsizetype offset)
{
    const QModelIndex index = m_model->indexAt(offset);
    for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
        setExpanded(above, true);
    setCurrentIndex(index);
    scrollTo(index);
}

void JsonTree::copyValue()
{
    copyCurrent(true);
}

void JsonTree::copyKey()
{
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(m_model->keyOf(currentIndex()));
}

void JsonTree::copyPointer()
{
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(m_model->pointerOf(currentIndex()));
}

void JsonTree::copySubtree()
{
    copyCurrent(false);
}

void JsonTree::copyCurrent(bool plainStrings)
{
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return;
    const QByteArrayView raw = m_model->rawOf(index);
    if (m_model->isUnderSecret(index)) {
        QGuiApplication::clipboard()->setText(plainStrings ? u"[masked]"_s : u"\"[masked]\""_s);
        return;
    }
    // the text goes along: it keeps what the handles point into
    copyText(m_lane, this, raw.size(), [text = *m_model->text(), value = m_model->valueOf(index), raw, plainStrings]() -> QString {
        if (value && plainStrings && value->kind() == core::JsonKind::String)
            return value->string().left(mostCopied);
        if (value)
            return QString::fromUtf8(core::base::maskedDocument(raw.first(std::min(raw.size(), mostCopied)).toByteArray()));
        return QString::fromUtf8(
            core::base::maskedPart(text.bytes(), raw.data() - text.bytes().constData(), std::min(raw.size(), mostCopied)));
    });
}

void JsonTree::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyValue();
        return;
    }
    if (event->key() == Qt::Key_C && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        copyPointer();
        return;
    }
    if (event->key() == Qt::Key_Asterisk) {
        // Qt would open everything below, however much that is
        setExpanded(currentIndex(), true);
        return;
    }
    QTreeView::keyPressEvent(event);
}

void JsonTree::fillMenu(QMenu& menu)
{
    const QModelIndex index = currentIndex();
    const bool any = index.isValid();
    menu.addAction(tr("Copy value"), this, &JsonTree::copyValue)->setShortcut(QKeySequence::Copy);
    menu.addAction(tr("Copy key"), this, &JsonTree::copyKey);
    menu.addAction(tr("Copy JSON pointer"), this, &JsonTree::copyPointer)->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    menu.addAction(tr("Copy subtree as JSON"), this, &JsonTree::copySubtree);
    const auto actions = menu.actions();
    for (QAction* action : actions)
        action->setEnabled(any);
}

void JsonTree::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu);
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
}

void JsonTree::changeEvent(QEvent* event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyMetrics();
}

}
