// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"
#include "ui/payload/json_ranges.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>

namespace ui {

/// A JSON document as rows: the members of its root, theirs below. Rows come into being as they are looked at, a thousand at a time
/// at most: an array or object of more is cut into ranges of a thousand, and those again. Values and keys are shown as they are spelt.
class JsonTreeModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    enum class Column { Key, Value, Kind };
    static constexpr int columns = 3;
    static constexpr qsizetype rangeSize = JsonRanges::rangeSize;

    explicit JsonTreeModel(QObject* parent = nullptr);
    ~JsonTreeModel() override;
    /// `ranges`: of that text, where they were made on a lane; else they are made here.
    void setText(std::optional<core::JsonText> text, std::optional<JsonRanges> ranges = {});
    [[nodiscard]] const std::optional<core::JsonText>& text() const { return m_text; }

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// None for a range.
    [[nodiscard]] std::optional<core::JsonValue> valueOf(const QModelIndex& index) const;
    [[nodiscard]] bool isRange(const QModelIndex& index) const;
    /// 0 for a value, 1 for a range of values, 2 for one of such ranges.
    [[nodiscard]] int rangeLevel(const QModelIndex& index) const;
    /// Of a range: the pointer of the first value in it.
    [[nodiscard]] QString firstPointerOf(const QModelIndex& range) const;
    /// The key as text, or an element's number.
    [[nodiscard]] QString keyOf(const QModelIndex& index) const;
    /// RFC 6901; of a range that of its array or object.
    [[nodiscard]] QString pointerOf(const QModelIndex& index) const;
    /// Whether its own key, or one above it, names a secret.
    [[nodiscard]] bool isUnderSecret(const QModelIndex& index) const;
    /// The bytes of the value or of the range's elements.
    [[nodiscard]] QByteArrayView rawOf(const QModelIndex& index) const;
    /// The row whose key or value holds this byte, fetched where it has to be; the nearest around it for a byte between two.
    [[nodiscard]] QModelIndex indexAt(qsizetype offset);
    /// The row of a JSON pointer; none for the root, for what is not there, and in an object of more than a thousand members.
    [[nodiscard]] QModelIndex indexOf(const QString& pointer);

private:
    struct Node;
    [[nodiscard]] Node* nodeOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const Node* node) const;
    [[nodiscard]] QString shownKey(const Node& node) const;
    [[nodiscard]] const QString& shownValue(Node& node) const;
    [[nodiscard]] QString shownKind(const Node& node) const;

    [[nodiscard]] std::optional<core::JsonValue> childOf(const core::JsonValue& value, const QString& token) const;

    std::optional<core::JsonText> m_text;
    JsonRanges m_ranges;
    std::unique_ptr<Node> m_root;    // its children are the top rows
};

}
