// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"

#include "core/base/json_index.h"
#include "core/base/json_spelling.h"

#include <QSet>

#include <charconv>
#include <cstring>

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

/// The byte after the closing quote of the string that begins at `at`. The text has been checked, so there is one.
const char* afterString(const char* at, const char* end)
{
    const char* const first = at + 1;
    for (const char* quote = first;; ++quote) {
        quote = static_cast<const char*>(std::memchr(quote, '"', static_cast<size_t>(end - quote)));
        const char* slashes = quote;
        while (slashes != first && slashes[-1] == '\\')
            --slashes;
        if ((quote - slashes) % 2 == 0)
            return quote + 1;
    }
}

const char* afterSpace(const char* at)
{
    while (isJsonSpace(*at))
        ++at;
    return at;
}

bool endsScalar(char c)
{
    return isJsonSpace(c) || c == ',' || c == ']' || c == '}';
}

const char* begin(const JsonIndex& index)
{
    return index.bytes.constData();
}

const char* end(const JsonIndex& index)
{
    return begin(index) + index.bytes.size();
}

Result<void> refuseDuplicates(const JsonValue& object)
{
    QSet<QString> seen;
    for (const JsonValue child : object.children()) {
        const QString key = decodeJsonString(child.rawKey(), LoneSurrogates::Keep);
        if (seen.contains(key)) {
            return failure(ErrorKind::Malformed, u"json_duplicate_key"_s,
                           u"not accepted: the key \"%1\" stands twice in one object (byte %2)"_s.arg(child.key()).arg(child.keyOffset()));
        }
        seen.insert(key);
    }
    return {};
}

Result<void> refuseDuplicatesBelow(const JsonValue& value)    // no deeper than Limits::maxDepth
{
    if (value.kind() == JsonKind::Object) {
        if (const auto unique = refuseDuplicates(value); !unique)
            return unique;
    }
    for (const JsonValue child : value.children()) {
        if (child.kind() != JsonKind::Object && child.kind() != JsonKind::Array)
            continue;
        if (const auto unique = refuseDuplicatesBelow(child); !unique)
            return unique;
    }
    return {};
}

}

bool JsonValue::isContainer() const
{
    return (m_index->words[m_node] & JsonIndex::containerFlag) != 0;
}

quint32 JsonValue::nodeAfter() const
{
    return isContainer() ? m_index->words[m_node + 1] : m_node + 1;
}

bool JsonValue::hasKey() const
{
    return (m_index->words[m_node] & JsonIndex::memberFlag) != 0;
}

qsizetype JsonValue::keyOffset() const
{
    return m_index->words[m_node] & JsonIndex::offsetMask;
}

QByteArrayView JsonValue::rawKey() const
{
    if (!hasKey())
        return {};
    const char* const first = begin(*m_index) + keyOffset();
    return {first, afterString(first, end(*m_index))};
}

qsizetype JsonValue::offset() const
{
    if (!hasKey())
        return keyOffset();
    const char* const colon = afterSpace(rawKey().end());
    return afterSpace(colon + 1) - begin(*m_index);
}

QByteArrayView JsonValue::raw() const
{
    const char* const first = begin(*m_index) + offset();
    const char* const last = end(*m_index);
    if (isContainer())
        return {first, begin(*m_index) + m_index->words[m_node + 2]};
    if (*first == '"')
        return {first, afterString(first, last)};
    const char* at = first;
    while (at != last && !endsScalar(*at))
        ++at;
    return {first, at};
}

JsonKind JsonValue::kind() const
{
    switch (m_index->bytes.at(offset())) {
    case '{': return JsonKind::Object;
    case '[': return JsonKind::Array;
    case '"': return JsonKind::String;
    case 't':
    case 'f': return JsonKind::Bool;
    case 'n': return JsonKind::Null;
    default: return JsonKind::Number;
    }
}

QString JsonValue::key() const
{
    return hasKey() ? decodeJsonString(rawKey(), LoneSurrogates::Replace) : QString();
}

template <class View>
bool JsonValue::keyEquals(View wanted) const
{
    if (!hasKey())
        return false;
    // Nearly all keys are ASCII and differ in their first letters: told apart without looking for their end.
    const char* at = begin(*m_index) + keyOffset() + 1;
    bool isPlain = true;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        const char16_t c = wanted.at(i).unicode();
        isPlain = c < 0x80 && *at != '\\';
        if (!isPlain)
            break;
        if (*at != static_cast<char>(c) || *at == '"')
            return false;
        ++at;
    }
    if (isPlain)
        return *at == '"';    // an escape would be one more letter
    const QByteArrayView raw = rawKey();
    if (!raw.contains('\\'))
        return QAnyStringView::equal(QUtf8StringView(raw.data() + 1, raw.size() - 2), wanted);
    return decodeJsonString(raw, LoneSurrogates::Keep) == wanted;
}

bool JsonValue::keyIs(QStringView wanted) const
{
    return keyEquals(wanted);
}

bool JsonValue::keyIs(QLatin1StringView wanted) const
{
    return keyEquals(wanted);
}

QString JsonValue::string() const
{
    return kind() == JsonKind::String ? decodeJsonString(raw(), LoneSurrogates::Replace) : QString();
}

bool JsonValue::hasLoneSurrogate() const
{
    return kind() == JsonKind::String && raw().contains('\\') && !decodeJsonString(raw(), LoneSurrogates::Keep).isValidUtf16();
}

std::optional<qint64> JsonValue::asInt64() const
{
    if (kind() != JsonKind::Number)
        return std::nullopt;
    const QByteArrayView spelling = raw();
    qint64 value = 0;
    const auto done = std::from_chars(spelling.begin(), spelling.end(), value);
    if (done.ec == std::errc{} && done.ptr == spelling.end())
        return value;
    const auto decimal = JsonDecimal::parse(spelling);
    return decimal ? decimal->toInt64() : std::nullopt;
}

std::optional<double> JsonValue::asDouble() const
{
    return kind() == JsonKind::Number ? jsonNumberToDouble(raw()) : std::nullopt;
}

std::optional<bool> JsonValue::asBool() const
{
    return kind() == JsonKind::Bool ? std::optional(m_index->bytes.at(offset()) == 't') : std::nullopt;
}

JsonChildren JsonValue::children() const
{
    const quint32 next = nodeAfter();
    return {m_index, isContainer() ? m_node + JsonIndex::containerWords : next, next};
}

qsizetype JsonValue::childCount() const
{
    const JsonChildren all = children();
    return std::distance(all.begin(), all.end());
}

bool JsonValue::isEmpty() const
{
    const JsonChildren all = children();
    return all.begin() == all.end();
}

std::optional<JsonValue> JsonValue::member(QStringView key) const
{
    std::optional<JsonValue> found;
    for (const JsonValue child : children()) {
        if (child.keyIs(key))
            found = child;
    }
    return found;
}

JsonChildren::Iterator& JsonChildren::Iterator::operator++()
{
    m_node = JsonValue(m_index, m_node).nodeAfter();
    return *this;
}

Result<JsonText> JsonText::parse(QByteArray bytes, Limits limits)
{
    const auto index = std::make_shared<JsonIndex>();
    index->bytes = std::move(bytes);
    if (const auto scanned = scanJson(*index, limits); !scanned)
        return errorOf(scanned);
    const JsonText text(index);
    if (limits.refuseDuplicateKeys) {
        if (const auto unique = refuseDuplicatesBelow(text.root()); !unique)
            return errorOf(unique);
    }
    return text;
}

JsonValue JsonText::root() const
{
    return {m_index.get(), 0};
}

const QByteArray& JsonText::bytes() const
{
    return m_index->bytes;
}

qsizetype JsonText::indexBytes() const
{
    return static_cast<qsizetype>(m_index->words.size()) * qsizetype{sizeof(quint32)};
}

}
