// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"
#include "core/tasks/payload_types.h"

#include <concepts>
#include <vector>

namespace core::tasks {

template <class T>
constexpr bool isOptional = false;
template <class T>
constexpr bool isOptional<std::optional<T>> = true;
template <class T>
constexpr bool isList = false;
template <class T>
constexpr bool isList<QList<T>> = true;
template <class T>
constexpr bool isWord = false;
template <class E>
constexpr bool isWord<Word<E>> = true;
template <class T>
constexpr bool isId = false;
template <class Tag>
constexpr bool isId<base::Id<Tag>> = true;
/// A struct with a field list of its own, asked with any visitor.
template <class T, class Fields>
concept Described = requires(T& value, Fields& fields)
{
    value.describe(fields);
};

/// Where the reader is. The pointer's text is only made when there is something to say.
struct Path {
    const Path* parent = nullptr;
    const char* key = nullptr;    ///< none: an element
    qsizetype element = 0;

    [[nodiscard]] QString pointer() const;
};

/// Collects diagnostics up to a ceiling, errors and remarks apart, so that a flood of unknown keys hides no error.
class Findings {
public:
    void add(DiagnosticKind kind, const QString& pointer, const QString& message);
    [[nodiscard]] QList<Diagnostic> take() { return std::move(m_all); }

private:
    QList<Diagnostic> m_all;
    int m_errors = 0;
    int m_remarks = 0;
};

/// Whether a diagnostic of the reader forbids to run or record the payload.
[[nodiscard]] bool isError(DiagnosticKind kind);

/// Leaves. True if the value was read; else it is as before and the findings say why.
struct LeafReader {
    Findings& findings;
    const Path& path;

    bool read(const JsonValue& json, qint64& value) const;
    bool read(const JsonValue& json, double& value) const;
    bool read(const JsonValue& json, bool& value) const;
    bool read(const JsonValue& json, QString& value) const;
    bool read(const JsonValue& json, RawJson& value) const;
    bool wrongType(const JsonValue& json, const char* expected) const;
    void unknownWord(const QString& word) const;
};

/// Walks a field list and fills it from a JSON object, tolerantly. Every member is compared with every key once: objects are small.
class Reader {
public:
    Reader(const JsonValue& object, const Path& path, Findings& findings);

    template <class T>
    void required(const char* key, T& value, const char*, const Rule& = {})
    {
        const auto json = take(key);
        if (!json || json->isNull())
            m_findings.add(DiagnosticKind::Missing, pathOf(key).pointer(), QStringLiteral("a required key is missing"));
        else
            readAny(*json, pathOf(key), value);
    }

    template <class T>
    void optional(const char* key, T& value, const char*, const Rule& = {})
    {
        const auto json = take(key);
        if (json && !json->isNull())
            readAny(*json, pathOf(key), value);
    }

    void exactlyOne(const char*, const char*) {}
    template <class T>
    void ordered(const char*, const T&, const char*, const T&)
    {
    }

    /// Reports the keys nobody asked for.
    void finish();

    template <class T>
    bool readAny(const JsonValue& json, const Path& path, T& value)
    {
        const LeafReader leaf{m_findings, path};
        if constexpr (isOptional<T>) {
            typename T::value_type inner{};
            if (!readAny(json, path, inner))
                return false;
            value = std::move(inner);
            return true;
        } else if constexpr (isList<T>) {
            return json.kind() == JsonKind::Array ? readList(json, path, value) : leaf.wrongType(json, "a list");
        } else if constexpr (Described<T, Reader>) {
            if (json.kind() != JsonKind::Object)
                return leaf.wrongType(json, "an object");
            Reader nested(json, path, m_findings);
            value.describe(nested);
            nested.finish();
            return true;
        } else if constexpr (isWord<T>) {
            return readWord(json, path, value);
        } else if constexpr (isId<T>) {
            return leaf.read(json, value.text);
        } else {
            return leaf.read(json, value);
        }
    }

private:
    struct Member {
        JsonValue json;
        bool isKnown = false;
    };

    /// An element that cannot be read keeps its place with its default, so that the writer knows which element is which.
    template <class T>
    bool readList(const JsonValue& json, const Path& path, QList<T>& list)
    {
        QList<T> read;
        Path element{&path, nullptr, 0};
        for (const JsonValue child : json.children()) {
            T value{};
            readAny(child, element, value);
            read << std::move(value);
            ++element.element;
        }
        list = std::move(read);
        return true;
    }

    template <class W>
    bool readWord(const JsonValue& json, const Path& path, W& word)
    {
        const LeafReader leaf{m_findings, path};
        QString text;
        if (!leaf.read(json, text))
            return false;
        word = W::fromStored(text);
        if (!word.isKnown())
            leaf.unknownWord(text);
        return true;
    }

    [[nodiscard]] Path pathOf(const char* key) const { return {&m_path, key, 0}; }
    std::optional<JsonValue> take(const char* key);

    Path m_path;
    Findings& m_findings;
    std::vector<Member> m_members;
};

/// `json` is the index over `bytes`; its root must be an object.
template <class T>
[[nodiscard]] Parsed<T> readPayload(const QByteArray& bytes, const JsonText& json)
{
    Findings findings;
    const Path root;
    T value;
    Reader reader(json.root(), root, findings);
    value.describe(reader);
    reader.finish();
    return {std::move(value), bytes, findings.take()};
}

}
