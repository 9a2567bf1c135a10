// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_spelling.h"
#include "core/base/json_splice.h"
#include "core/tasks/payload_reader.h"

namespace core::tasks {

/// Whether an option has nothing to write: no value, an empty list, an empty raw part, a word that never was.
template <class T>
[[nodiscard]] bool isUnset(const T& value)
{
    if constexpr (isOptional<T>)
        return !value.has_value();
    else if constexpr (isList<T>)
        return value.isEmpty();
    else if constexpr (std::same_as<T, RawJson>)
        return value.bytes.isEmpty();
    else
        return false;
}

[[nodiscard]] inline QByteArray writeLeaf(qint64 value)
{
    return QByteArray::number(value);
}
[[nodiscard]] inline QByteArray writeLeaf(double value)
{
    return base::encodeJsonNumber(value);
}
[[nodiscard]] inline QByteArray writeLeaf(bool value)
{
    return value ? QByteArrayLiteral("true") : QByteArrayLiteral("false");
}
[[nodiscard]] inline QByteArray writeLeaf(const QString& value)
{
    return base::encodeJsonString(value);
}
/// null where it holds no JSON: the document around it must stay one.
[[nodiscard]] QByteArray writeLeaf(const RawJson& value);
template <class E>
[[nodiscard]] QByteArray writeLeaf(const Word<E>& value)
{
    return base::encodeJsonString(value.stored());
}
template <class Tag>
[[nodiscard]] QByteArray writeLeaf(const base::Id<Tag>& value)
{
    return base::encodeJsonString(value.text);
}

template <class T>
[[nodiscard]] QByteArray writeFresh(const T& value);

/// Walks a field list and writes a new object.
class FreshWriter {
public:
    template <class T>
    void required(const char* key, const T& value, const char*, const Rule& = {})
    {
        m_bytes += m_bytes.isEmpty() ? '{' : ',';
        m_bytes += '"';
        m_bytes += key;
        m_bytes += "\":";
        m_bytes += writeFresh(value);
    }
    template <class T>
    void optional(const char* key, const T& value, const char* help, const Rule& = {})
    {
        if (!isUnset(value))
            required(key, value, help);
    }
    void exactlyOne(const char*, const char*) {}
    template <class T>
    void ordered(const char*, const T&, const char*, const T&)
    {
    }
    [[nodiscard]] QByteArray finish() const { return m_bytes.isEmpty() ? QByteArrayLiteral("{}") : m_bytes + '}'; }

private:
    QByteArray m_bytes;
};

template <class T>
QByteArray writeFresh(const T& value)
{
    if constexpr (isOptional<T>) {
        return value ? writeFresh(*value) : QByteArrayLiteral("null");
    } else if constexpr (isList<T>) {
        QByteArray out = QByteArrayLiteral("[");
        for (const auto& element : value) {
            if (out.size() > 1)
                out += ',';
            out += writeFresh(element);
        }
        return out + ']';
    } else if constexpr (Described<T, FreshWriter>) {
        T copy = value;    // describe() is shared with the reader, so it is not const
        FreshWriter writer;
        copy.describe(writer);
        return writer.finish();
    } else {
        return writeLeaf(value);
    }
}

/// Where the fields of a value are, in the order of its list: the same list walked over a second value meets the same types.
class FieldAddresses {
public:
    template <class T>
    void required(const char*, const T& value, const char*, const Rule& = {})
    {
        all.push_back(&value);
    }
    template <class T>
    void optional(const char*, const T& value, const char*, const Rule& = {})
    {
        all.push_back(&value);
    }
    void exactlyOne(const char*, const char*) {}
    template <class T>
    void ordered(const char*, const T&, const char*, const T&)
    {
    }
    std::vector<const void*> all;
};

template <class T>
[[nodiscard]] QByteArray rewrite(const JsonValue& stored, const T& before, const T& now);

/// Walks a field list and gathers what differs from what the stored object says.
class Rewriter {
public:
    template <class T>
    Rewriter(const JsonValue& object, T& before) : m_object(object)
    {
        before.describe(m_before);
    }

    template <class T>
    void required(const char* key, const T& now, const char*, const Rule& = {})
    {
        const T& before = *static_cast<const T*>(m_before.all[m_next++]);
        if (before == now)
            return;
        const QString name = QString::fromLatin1(key);
        const auto stored = m_object.member(name);
        m_changes << base::JsonChange{name, stored ? rewrite(*stored, before, now) : writeFresh(now)};
    }

    template <class T>
    void optional(const char* key, const T& now, const char* help, const Rule& rule = {})
    {
        const T& before = *static_cast<const T*>(m_before.all[m_next]);
        if (before == now || !isUnset(now))
            return required(key, now, help, rule);
        ++m_next;
        m_changes << base::JsonChange{QString::fromLatin1(key), std::nullopt};
    }

    void exactlyOne(const char*, const char*) {}
    template <class T>
    void ordered(const char*, const T&, const char*, const T&)
    {
    }
    [[nodiscard]] QByteArray finish() const { return base::withMembers(m_object, m_changes); }

private:
    JsonValue m_object;
    FieldAddresses m_before;
    size_t m_next = 0;
    QList<base::JsonChange> m_changes;
};

/// What is alike at both ends keeps its bytes; of the rest, element by element, what is changed is written into what was there.
template <class T>
[[nodiscard]] QByteArray rewriteList(const JsonValue& stored, const QList<T>& before, const QList<T>& now)
{
    std::vector<JsonValue> old;
    for (const JsonValue child : stored.children())
        old.push_back(child);
    const qsizetype least = std::min(before.size(), now.size());
    qsizetype head = 0;
    while (head < least && before.at(head) == now.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < least - head && before.at(before.size() - 1 - tail) == now.at(now.size() - 1 - tail))
        ++tail;

    QList<QByteArray> elements;
    elements.reserve(now.size());
    for (qsizetype i = 0; i < now.size(); ++i) {
        const bool inTail = i >= now.size() - tail;
        const qsizetype from = inTail ? i + before.size() - now.size() : i;
        if (inTail || from < before.size() - tail)
            elements << rewrite(old[static_cast<size_t>(from)], before.at(from), now.at(i));
        else
            elements << writeFresh(now.at(i));
    }
    return base::withElements(stored, elements);
}

template <class T>
QByteArray rewrite(const JsonValue& stored, const T& before, const T& now)
{
    if (before == now)
        return stored.raw().toByteArray();
    if constexpr (isOptional<T>) {
        return before && now ? rewrite(stored, *before, *now) : writeFresh(now);
    } else if constexpr (isList<T>) {
        const bool matches = stored.kind() == JsonKind::Array && stored.childCount() == before.size();
        return matches ? rewriteList(stored, before, now) : writeFresh(now);
    } else if constexpr (Described<T, FreshWriter>) {
        if (stored.kind() != JsonKind::Object)
            return writeFresh(now);
        T old = before;
        T copy = now;
        Rewriter writer(stored, old);
        copy.describe(writer);
        return writer.finish();
    } else {
        return writeLeaf(now);
    }
}

}
