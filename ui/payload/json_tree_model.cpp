// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/json_tree_model.h"

#include "core/base/secrets.h"
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

constexpr qsizetype longestShown = 500;

bool isContainer(const JsonValue& value)
{
    return value.kind() == JsonKind::Array || value.kind() == JsonKind::Object;
}

}

/// A row: a value, or a range of the children of one. Has a thousand rows below it at most: a longer array stands in ranges, and more than a
/// thousand ranges stand in ranges of those.
struct JsonTreeModel::Node {
    Node(JsonValue own, Node* above, qsizetype place) : value(own), parent(above), number(place) {}
    Node(Node& above, const JsonRanges::Cuts& all, qsizetype from, qsizetype to)
        : value(above.value),
          parent(&above),
          cuts(&all),
          firstRange(from),
          endRange(to),
          number(from * rangeSize),
          start((*all.begins.at(static_cast<size_t>(from))).keyOffset())
    {
    }

    [[nodiscard]] bool isRange() const { return cuts; }
    /// Of a range.
    [[nodiscard]] qsizetype endNumber() const { return std::min(endRange * rangeSize, cuts->count); }
    [[nodiscard]] Iterator cut(qsizetype range) const { return cuts->begins.at(static_cast<size_t>(range)); }
    [[nodiscard]] qsizetype firstByte() const { return isRange() ? start : value.keyOffset(); }
    [[nodiscard]] bool canFetch() const { return !isFetched && (isRange() || !value.isEmpty()); }

    [[nodiscard]] std::vector<std::unique_ptr<Node>> find(const JsonRanges& ranges)
    {
        isFetched = true;
        if (isRange())
            return endRange - firstRange == 1 ? values(cut(firstRange), cut(endRange)) : parts(*cuts, firstRange, endRange);
        if (const auto* const all = ranges.cutsOf(value))
            return parts(*all, 0, all->rangeCount());
        return values(value.children().begin(), value.children().end());
    }
    void take(std::vector<std::unique_ptr<Node>> found)
    {
        children = std::move(found);
        for (size_t i = 0; i < children.size(); ++i)
            children.at(i)->row = static_cast<int>(i);
    }

    JsonValue value;    // of a range: the array or object it belongs to
    Node* parent;
    const JsonRanges::Cuts* cuts = nullptr;    // of a range
    qsizetype firstRange = 0;
    qsizetype endRange = 0;
    qsizetype number;    // of the value among its siblings, of the first one of a range
    qsizetype start = 0;
    int row = 0;
    bool isFetched = false;
    std::vector<std::unique_ptr<Node>> children;
    std::optional<QString> shown;

private:
    [[nodiscard]] std::vector<std::unique_ptr<Node>> values(Iterator from, Iterator to)
    {
        std::vector<std::unique_ptr<Node>> found;
        for (qsizetype place = isRange() ? number : 0; from != to; ++from, ++place)
            found.push_back(std::make_unique<Node>(*from, this, place));
        return found;
    }
    [[nodiscard]] std::vector<std::unique_ptr<Node>> parts(const JsonRanges::Cuts& all, qsizetype from, qsizetype to)
    {
        qsizetype each = 1;
        while (to - from > each * rangeSize)
            each *= rangeSize;
        std::vector<std::unique_ptr<Node>> found;
        for (; from < to; from += each)
            found.push_back(std::make_unique<Node>(*this, all, from, std::min(from + each, to)));
        return found;
    }
};

JsonTreeModel::JsonTreeModel(QObject* parent) : QAbstractItemModel(parent) {}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setText(std::optional<core::JsonText> text, std::optional<JsonRanges> ranges)
{
    beginResetModel();
    m_root.reset();
    m_text = std::move(text);
    m_ranges = {};
    if (m_text) {
        m_ranges = ranges ? std::move(*ranges) : JsonRanges::of(*m_text);
        const JsonValue root = m_text->root();
        m_root = std::make_unique<Node>(root, nullptr, 0);
        if (root.isEmpty())    // a scalar, [] or {}: one row that is the document itself
            m_root->children.push_back(std::make_unique<Node>(root, m_root.get(), -1));
        else
            m_root->take(m_root->find(m_ranges));
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
    auto found = node->find(m_ranges);
    beginInsertRows(parent.siblingAtColumn(0), 0, static_cast<int>(found.size()) - 1);
    node->take(std::move(found));
    endInsertRows();
}

QString JsonTreeModel::shownKey(const Node& node) const
{
    if (node.isRange())
        return u"[%1 … %2]"_s.arg(countText(node.number), countText(node.endNumber() - 1));
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
    if (node.isRange()) {
        node.shown = QString();
    } else if (isContainer(node.value)) {
        const auto* const cuts = m_ranges.cutsOf(node.value);
        const qsizetype count = cuts ? cuts->count : node.value.childCount();
        const QString number = countText(count);
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
    if (node.isRange())
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
    return node && !node->isRange() ? std::optional(node->value) : std::nullopt;
}

bool JsonTreeModel::isRange(const QModelIndex& index) const
{
    return index.isValid() && nodeOf(index)->isRange();
}

int JsonTreeModel::rangeLevel(const QModelIndex& index) const
{
    if (!isRange(index))
        return 0;
    int level = 1;
    for (qsizetype width = nodeOf(index)->endRange - nodeOf(index)->firstRange; width > 1; width = (width + rangeSize - 1) / rangeSize)
        ++level;
    return level;
}

QString JsonTreeModel::firstPointerOf(const QModelIndex& range) const
{
    const Node& node = *nodeOf(range);
    const JsonValue first = *node.cut(node.firstRange);
    return pointerOf(range) + u'/' + (first.hasKey() ? core::base::pointerToken(first.key()) : QString::number(node.number));
}

QString JsonTreeModel::keyOf(const QModelIndex& index) const
{
    const Node* const node = nodeOf(index);
    if (!index.isValid() || node->isRange() || node->number < 0)
        return index.isValid() && node->isRange() ? shownKey(*node) : QString();
    return node->value.hasKey() ? node->value.key() : QString::number(node->number);
}

QString JsonTreeModel::pointerOf(const QModelIndex& index) const
{
    QString pointer;
    for (const Node* node = nodeOf(index); node && node != m_root.get(); node = node->parent) {
        if (node->isRange() || node->number < 0)
            continue;
        const QString token = node->value.hasKey() ? core::base::pointerToken(node->value.key()) : QString::number(node->number);
        pointer.prepend(u'/' + token);
    }
    return pointer;
}

bool JsonTreeModel::isUnderSecret(const QModelIndex& index) const
{
    for (const Node* node = nodeOf(index); node && node != m_root.get(); node = node->parent) {
        if (!node->isRange() && node->value.hasKey() && core::base::namesSecret(node->value.key()))
            return true;
    }
    return false;
}

QByteArrayView JsonTreeModel::rawOf(const QModelIndex& index) const
{
    const Node* const node = nodeOf(index);
    if (!node)
        return {};
    if (!node->isRange())
        return node->value.raw();
    Iterator at = node->cut(node->endRange - 1);    // the last thousand are all that is walked over
    JsonValue last = *at;
    while (++at != node->cut(node->endRange))
        last = *at;
    const QByteArrayView raw = last.raw();
    const qsizetype end = raw.data() + raw.size() - m_text->bytes().constData();
    return QByteArrayView(m_text->bytes()).sliced(node->start, end - node->start);
}

QModelIndex JsonTreeModel::indexAt(qsizetype offset)
{
    Node* node = m_root.get();
    while (node) {
        if (node->canFetch())
            fetchMore(indexOf(node));
        const auto beyond = std::upper_bound(node->children.begin(), node->children.end(), offset,
                                             [](qsizetype wanted, const auto& child) { return wanted < child->firstByte(); });
        if (beyond == node->children.begin())
            break;    // before the first: it is this one's own bracket or key
        node = std::prev(beyond)->get();
        if (!node->isRange() && (!isContainer(node->value) || offset <= node->value.offset() || node->number < 0))
            break;
        if (!node->isRange() && node->value.isEmpty())
            break;
    }
    return indexOf(node);
}

QModelIndex JsonTreeModel::indexOf(const QString& pointer)
{
    const Node* node = m_root.get();
    if (!node || pointer.isEmpty())
        return {};
    JsonValue value = node->value;
    const QStringList tokens = pointer.mid(1).split(u'/');
    for (const QString& token : tokens) {
        const auto next = childOf(value, token);
        if (!next)
            return {};
        value = *next;
    }
    return indexAt(value.keyOffset());
}

std::optional<JsonValue> JsonTreeModel::childOf(const JsonValue& value, const QString& token) const
{
    const auto* const cuts = m_ranges.cutsOf(value);
    const auto children = value.children();
    std::optional<JsonValue> found;
    if (value.kind() == JsonKind::Object) {
        for (Iterator at = children.begin(); !cuts && at != children.end(); ++at) {    // a long one would be a walk over all its keys
            if (core::base::pointerToken((*at).key()) == token)
                found = *at;
        }
        return found;
    }
    bool isNumber = false;
    const qlonglong number = token.toLongLong(&isNumber);
    if (!isNumber || number < 0 || (cuts && number >= cuts->count))
        return {};
    Iterator at = cuts ? cuts->begins.at(static_cast<size_t>(number / rangeSize)) : children.begin();
    for (qlonglong i = cuts ? number % rangeSize : number; i > 0 && at != children.end(); --i)
        ++at;
    return at == children.end() ? std::nullopt : std::optional(*at);
}

}
