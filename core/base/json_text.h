// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <iterator>
#include <memory>
#include <optional>

namespace core::base {

enum class JsonKind { Null, Bool, Number, String, Array, Object };

struct JsonLimits {
    qsizetype maxBytes = qsizetype{64} << 20;    ///< never more than 1 GiB - 1: what an index word can point at
    int maxDepth = 512;                          ///< arrays and objects inside one another; [[]] is two
    bool refuseDuplicateKeys = false;            ///< for bodies where two readers must not see two meanings
};

class JsonChildren;
struct JsonIndex;

/// One value of a JsonText: a handle of 16 bytes, good while any copy of its JsonText lives.
class JsonValue {
public:
    [[nodiscard]] JsonKind kind() const;
    [[nodiscard]] bool isNull() const { return kind() == JsonKind::Null; }
    /// Exactly the bytes of the value, without white space around it.
    [[nodiscard]] QByteArrayView raw() const;
    /// Where raw() begins in the document.
    [[nodiscard]] qsizetype offset() const;

    /// Whether it is a member of an object. Then rawKey() is the key with its quotes and keyOffset() where that begins.
    [[nodiscard]] bool hasKey() const;
    [[nodiscard]] QByteArrayView rawKey() const;
    [[nodiscard]] qsizetype keyOffset() const;
    /// The key as text; a lone surrogate becomes U+FFFD.
    [[nodiscard]] QString key() const;
    /// Compares the decoded key exactly: a lone surrogate equals only itself.
    [[nodiscard]] bool keyIs(QStringView wanted) const;
    [[nodiscard]] bool keyIs(QLatin1StringView wanted) const;

    /// A string's text, else empty. A lone surrogate becomes U+FFFD; raw() still has it.
    [[nodiscard]] QString string() const;
    /// Whether string() had to replace a lone surrogate.
    [[nodiscard]] bool hasLoneSurrogate() const;
    /// A number that is exactly an integer of 64 bits, however it is spelt: 1000, 1000.0 and 1e3.
    [[nodiscard]] std::optional<qint64> asInt64() const;
    /// A number as the nearest double; none where it is beyond the range of a double. Its spelling is raw().
    [[nodiscard]] std::optional<double> asDouble() const;
    [[nodiscard]] std::optional<bool> asBool() const;

    /// Elements or members in document order, found as one goes; nothing for a scalar.
    [[nodiscard]] JsonChildren children() const;
    /// Walks the children: O(their number).
    [[nodiscard]] qsizetype childCount() const;
    [[nodiscard]] bool isEmpty() const;
    /// The member of that key: the last one where a key stands twice.
    [[nodiscard]] std::optional<JsonValue> member(QStringView key) const;

    bool operator==(const JsonValue&) const = default;

private:
    friend class JsonText;
    friend class JsonChildren;
    JsonValue(const JsonIndex* index, quint32 node) : m_index(index), m_node(node) {}
    [[nodiscard]] bool isContainer() const;
    [[nodiscard]] quint32 nodeAfter() const;
    template <class View>
    [[nodiscard]] bool keyEquals(View wanted) const;

    const JsonIndex* m_index;
    quint32 m_node;
};

/// The range of JsonValue::children().
class JsonChildren {
public:
    class Iterator {
    public:
        using value_type = JsonValue;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::forward_iterator_tag;
        using reference = JsonValue;
        using pointer = void;
        JsonValue operator*() const { return {m_index, m_node}; }
        Iterator& operator++();
        bool operator==(const Iterator&) const = default;

    private:
        friend class JsonChildren;
        Iterator(const JsonIndex* index, quint32 node) : m_index(index), m_node(node) {}
        const JsonIndex* m_index;
        quint32 m_node;
    };

    [[nodiscard]] Iterator begin() const { return {m_index, m_first}; }
    [[nodiscard]] Iterator end() const { return {m_index, m_end}; }

private:
    friend class JsonValue;
    JsonChildren(const JsonIndex* index, quint32 first, quint32 end) : m_index(index), m_first(first), m_end(end) {}
    const JsonIndex* m_index;
    quint32 m_first;
    quint32 m_end;
};

/// A lossless index over the bytes of one JSON document (RFC 8259): the bytes stay as they are, with key order, duplicate keys, spellings of
/// numbers, white space and a byte order mark; the index knows where each value begins and where its neighbour is. It costs four bytes for a
/// scalar and twelve for an array or object. Immutable, so copies share and any thread may read.
class JsonText {
public:
    using Limits = JsonLimits;

    /// Malformed: json_malformed, json_too_deep, json_duplicate_key; TooLarge: json_too_large. The message tells the byte offset.
    /// An escape such as \ud800 without its partner is kept (the grammar allows it); bytes that are no UTF-8 are refused.
    [[nodiscard]] static Result<JsonText> parse(QByteArray bytes, Limits limits = {});

    [[nodiscard]] JsonValue root() const;
    [[nodiscard]] const QByteArray& bytes() const;
    /// RFC 6901: "" is the root, "/segments/0/start_ms" a member of the first element. None if there is no such value.
    [[nodiscard]] std::optional<JsonValue> find(QStringView pointer) const;
    /// The pointer that leads to a value of this document (to its last namesake, where a key stands twice).
    [[nodiscard]] QString pointerTo(const JsonValue& value) const;
    /// None for the root. Walks down from there: O(siblings on the way).
    [[nodiscard]] std::optional<JsonValue> parentOf(const JsonValue& value) const;
    [[nodiscard]] qsizetype indexBytes() const;

    /// New bytes, all others untouched. NotFound json_no_such_value if the pointer leads nowhere; Invalid json_malformed if `json` is none.
    [[nodiscard]] Result<QByteArray> withReplaced(QStringView pointer, QByteArrayView json) const;
    /// Sets a member of the object at `pointer`: replaced where it stands, else added after the last in the object's own layout.
    [[nodiscard]] Result<QByteArray> withMember(QStringView pointer, const QString& key, QByteArrayView json) const;
    /// Without the member or element at `pointer` (all of them, where a key stands twice) and without one comma.
    [[nodiscard]] Result<QByteArray> withRemoved(QStringView pointer) const;

private:
    explicit JsonText(std::shared_ptr<const JsonIndex> index) : m_index(std::move(index)) {}
    [[nodiscard]] QByteArray spliced(const JsonValue& old, QByteArrayView json) const;
    std::shared_ptr<const JsonIndex> m_index;
};

/// One reference token of a JSON pointer, escaped: "a/b~c" becomes "a~1b~0c".
[[nodiscard]] QString pointerToken(QStringView key);

}

namespace core {
using base::JsonKind;
using base::JsonText;
using base::JsonValue;
}
