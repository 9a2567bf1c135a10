// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/json_tree_model.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"

#include <algorithm>
#include <vector>

namespace ui {

using namespace Qt::StringLiterals;
using core::JsonKind;
using core::JsonValue;
using Iterator = core::base::JsonChildren::Iterator;

namespace {

constexpr qsizetype rangesAtOnce = 1000;    // a walk over a million elements: a few milliseconds
constexpr qsizetype longestShown = 500;

bool isContainer(const JsonValue& value)
{
    return value.kind() == JsonKind::Array || value.kind() == JsonKind::Object;
}

}

/// A row: a value, or a range of the children of one. Finds its own children from where it stopped.
struct JsonTreeModel::Node {
    Node(JsonValue own, Node* above, qsizetype place)
        : value(own), parent(above), number(place), first(begins(own)), next(first), end(ends(own))
    {
    }
    Node(Node& container, Iterator from, Iterator to, qsizetype place, qsizetype count)
        : value(container.value),
          parent(&container),
          isRange(true),
          number(place),
          rangeCount(count),
          firstStart((*from).keyOffset()),
          first(from),
          next(from),
          end(to),
          nextNumber(place)
    {
    }
    static Iterator begins(const JsonValue& value) { return value.children().begin(); }
    static Iterator ends(const JsonValue& value) { return value.children().end(); }

    [[nodiscard]] qsizetype start() const { return isRange ? firstStart : value.keyOffset(); }
    [[nodiscard]] bool canFetch() const { return next != end; }
    /// More than a thousand children: they stand in ranges.
    [[nodiscard]] bool isCut()
    {
        if (!cut) {
            qsizetype count = 0;
            for (Iterator at = next; at != end && count <= rangeSize; ++at)
                ++count;
            cut = !isRange && count > rangeSize;
        }
        return *cut;
    }
    [[nodiscard]] std::vector<std::unique_ptr<Node>> findMore()
    {
        std::vector<std::unique_ptr<Node>> more;
        if (!isCut()) {
            for (; next != end; ++next)
                more.push_back(std::make_unique<Node>(*next, this, nextNumber++));
            return more;
        }
        while (next != end && static_cast<qsizetype>(more.size()) < rangesAtOnce) {
            const Iterator from = next;
            qsizetype count = 0;
            for (; next != end && count < rangeSize; ++count)
                ++next;
            more.push_back(std::make_unique<Node>(*this, from, next, nextNumber, count));
            nextNumber += count;
        }
        return more;
    }

    void take(std::vector<std::unique_ptr<Node>> more)
    {
        for (auto& child : more) {
            child->row = static_cast<int>(children.size());
            children.push_back(std::move(child));
        }
    }

    JsonValue value;    // of a range: the array or object it belongs to
    Node* parent;
    bool isRange = false;
    qsizetype number;    // of the value among its siblings, of the first one of a range
    qsizetype rangeCount = 0;
    qsizetype firstStart = 0;
    int row = 0;
    Iterator first;
    Iterator next;
    Iterator end;
    qsizetype nextNumber = 0;
    std::optional<bool> cut;
    std::vector<std::unique_ptr<Node>> children;
    std::optional<QString> shown;
};

JsonTreeModel::JsonTreeModel(QObject* parent) : QAbstractItemModel(parent) {}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setText(std::optional<core::JsonText> text)
{
    beginResetModel();
    m_root.reset();
    m_text = std::move(text);
    if (m_text) {
        const JsonValue root = m_text->root();
        m_root = std::make_unique<Node>(root, nullptr, 0);
        if (root.isEmpty())    // a scalar, [] or {}: one row that is the document itself
            m_root->children.push_back(std::make_unique<Node>(root, m_root.get(), -1));
        else
            m_root->take(m_root->findMore());
    }
    endResetModel();
}

JsonTreeModel::Node* JsonTreeModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex JsonTreeModel::indexOf(const Node* node) const
{
    return !node || node == m_root.get() ? QModelIndex() : createIndex(node->row, 0, node);
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    const Node* const above = nodeOf(parent);
    if (!above || row < 0 || row >= static_cast<int>(above->children.size()) || column < 0 || column >= columns || parent.column() > 0)
        return {};
    return createIndex(row, column, above->children.at(static_cast<size_t>(row)).get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex& child) const
{
    return child.isValid() ? indexOf(nodeOf(child)->parent) : QModelIndex();
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const
{
    const Node* const node = nodeOf(parent);
    return node && parent.column() <= 0 ? static_cast<int>(node->children.size()) : 0;
}

int JsonTreeModel::columnCount(const QModelIndex&) const
{
    return columns;
}

bool JsonTreeModel::hasChildren(const QModelIndex& parent) const
{
    const Node* const node = nodeOf(parent);
    return node && parent.column() <= 0 && (!node->children.empty() || node->canFetch());
}

bool JsonTreeModel::canFetchMore(const QModelIndex& parent) const
{
    const Node* const node = nodeOf(parent);
    return node && parent.column() <= 0 && node->canFetch();
}

void JsonTreeModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    Node* const node = nodeOf(parent);
    auto more = node->findMore();
    const int first = static_cast<int>(node->children.size());
    beginInsertRows(parent.siblingAtColumn(0), first, first + static_cast<int>(more.size()) - 1);
    node->take(std::move(more));
    endInsertRows();
}

QString JsonTreeModel::shownKey(const Node& node) const
{
    if (node.isRange)
        return u"[%1 … %2]"_s.arg(countText(node.number), countText(node.number + node.rangeCount - 1));
    if (node.value.hasKey()) {
        const QByteArrayView key = node.value.rawKey();
        return plainLine(QString::fromUtf8(key.sliced(1, std::min<qsizetype>(key.size() - 2, longestShown * 3))));
    }
    return node.number < 0 ? QString() : u"[%1]"_s.arg(countText(node.number));
}

const QString& JsonTreeModel::shownValue(Node& node) const
{
    if (node.shown)
        return *node.shown;
    const bool isObject = node.value.kind() == JsonKind::Object;
    if (node.isRange) {
        node.shown = QString();
    } else if (isContainer(node.value)) {
        qsizetype count = 0;
        for (Iterator at = Node::begins(node.value); at != node.end && count <= rangeSize; ++at)
            ++count;
        const QString number = count > rangeSize ? tr("more than %1").arg(countText(rangeSize)) : countText(count);
        if (count == 0)
            node.shown = isObject ? u"{}"_s : u"[]"_s;
        else if (count == 1)
            node.shown = isObject ? tr("1 member") : tr("1 element");
        else
            node.shown = isObject ? tr("%1 members").arg(number) : tr("%1 elements").arg(number);
    } else {
        const QByteArrayView raw = node.value.raw();
        node.shown = plainLine(QString::fromUtf8(raw.first(std::min(raw.size(), longestShown * 3))));
    }
    return *node.shown;
}

QString JsonTreeModel::shownKind(const Node& node) const
{
    if (node.isRange)
        return tr("range");
    switch (node.value.kind()) {
    case JsonKind::Null: return tr("null");
    case JsonKind::Bool: return tr("boolean");
    case JsonKind::Number: return tr("number");
    case JsonKind::String: return tr("string");
    case JsonKind::Array: return tr("array");
    case JsonKind::Object: return tr("object");
    }
    Q_UNREACHABLE();
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    Node& node = *nodeOf(index);
    if (role == Qt::ToolTipRole && index.column() < static_cast<int>(Column::Kind)) {
        const QString text = index.column() == static_cast<int>(Column::Key) ? shownKey(node) : shownValue(node);
        return text.size() > 20 ? QVariant(plainToolTip(text)) : QVariant();
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case Column::Key: return shownKey(node);
    case Column::Value: return shownValue(node);
    case Column::Kind: return shownKind(node);
    }
    Q_UNREACHABLE();
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Key: return tr("Key");
    case Column::Value: return tr("Value");
    case Column::Kind: return tr("Kind");
    }
    Q_UNREACHABLE();
}

std::optional<JsonValue> JsonTreeModel::valueOf(const QModelIndex& index) const
{
    const Node* const node = nodeOf(index);
    return node && !node->isRange ? std::optional(node->value) : std::nullopt;
}

bool JsonTreeModel::isRange(const QModelIndex& index) const
{
    return index.isValid() && nodeOf(index)->isRange;
}

QString JsonTreeModel::keyOf(const QModelIndex& index) const
{
    const Node* const node = nodeOf(index);
    if (!index.isValid() || node->isRange || node->number < 0)
        return index.isValid() && node->isRange ? shownKey(*node) : QString();
    return node->value.hasKey() ? node->value.key() : QString::number(node->number);
}

QString JsonTreeModel::pointerOf(const QModelIndex& index) const
{
    QString pointer;
    for (const Node* node = nodeOf(index); node && node != m_root.get(); node = node->parent) {
        if (node->isRange || node->number < 0)
            continue;
        const QString token = node->value.hasKey() ? core::base::pointerToken(node->value.key()) : QString::number(node->number);
        pointer.prepend(u'/' + token);
    }
    return pointer;
}

QString JsonTreeModel::plainValueOf(const QModelIndex& index) const
{
    const auto value = valueOf(index);
    if (value && value->kind() == JsonKind::String)
        return value->string();
    return QString::fromUtf8(rawOf(index));
}

QByteArrayView JsonTreeModel::rawOf(const QModelIndex& index) const
{
    const Node* const node = nodeOf(index);
    if (!node)
        return {};
    if (!node->isRange)
        return node->value.raw();
    Iterator at = node->first;
    JsonValue last = *at;
    for (qsizetype i = 1; i < node->rangeCount; ++i)
        last = *++at;
    const QByteArrayView raw = last.raw();
    const qsizetype end = raw.data() + raw.size() - m_text->bytes().constData();
    return QByteArrayView(m_text->bytes()).sliced(node->firstStart, end - node->firstStart);
}

QModelIndex JsonTreeModel::indexAt(qsizetype offset)
{
    Node* node = m_root.get();
    while (node) {
        // until the children reach beyond the place
        while (node->canFetch() && (node->children.empty() || node->children.back()->start() <= offset))
            fetchMore(indexOf(node));
        const auto beyond = std::upper_bound(node->children.begin(), node->children.end(), offset,
                                             [](qsizetype wanted, const auto& child) { return wanted < child->start(); });
        if (beyond == node->children.begin())
            break;    // before the first: it is this one's own bracket or key
        node = std::prev(beyond)->get();
        if (!node->isRange && (!isContainer(node->value) || offset <= node->value.offset() || node->number < 0))
            break;
        if (!node->isRange && node->value.isEmpty())
            break;
    }
    return indexOf(node);
}

}
