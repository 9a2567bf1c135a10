// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_spelling.h"
#include "core/tasks/payload_writer.h"
#include "core/tasks/schemas.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

QByteArray normalised(const JsonValue& json);

struct StoredMember {
    QString key;
    JsonValue value;
};

/// Sorted by key; where a key stands twice the last one counts, as everywhere.
std::vector<StoredMember> sortedMembers(const JsonValue& object)
{
    std::vector<StoredMember> members;
    for (const JsonValue child : object.children())
        members.push_back({base::decodeJsonString(child.rawKey(), base::LoneSurrogates::Keep), child});
    std::stable_sort(members.begin(), members.end(), [](const auto& one, const auto& other) { return one.key < other.key; });
    const auto isNewTwin = [](const auto& one, const auto& other) { return one.key == other.key; };
    const auto lasts = std::unique(members.rbegin(), members.rend(), isNewTwin);    // from the back: the last of the twins stays
    members.erase(members.begin(), lasts.base());
    return members;
}

void appendMember(QByteArray& object, const QString& key, const QByteArray& value)
{
    object += object.isEmpty() ? '{' : ',';
    object += base::encodeJsonString(key);
    object += ':';
    object += value;
}

QByteArray closed(QByteArray object)
{
    return object.isEmpty() ? "{}"_ba : std::move(object += '}');
}

QByteArray normalisedObject(const JsonValue& object)
{
    QByteArray out;
    for (const StoredMember& member : sortedMembers(object))
        appendMember(out, member.key, normalised(member.value));
    return closed(std::move(out));
}

/// ASCII without an escape has no other spelling.
QByteArray normalisedString(QByteArrayView quoted)
{
    const auto hasOneSpelling = [](char c) { return c != '\\' && static_cast<signed char>(c) >= 0x20; };
    if (std::all_of(quoted.begin(), quoted.end(), hasOneSpelling))
        return quoted.toByteArray();
    return base::encodeJsonString(base::decodeJsonString(quoted, base::LoneSurrogates::Keep));
}

QByteArray normalisedList(const JsonValue& list)
{
    QByteArray out = "["_ba;
    for (const JsonValue child : list.children()) {
        if (out.size() > 1)
            out += ',';
        out += normalised(child);
    }
    return out + ']';
}

QByteArray normalised(const JsonValue& json)    // as deep as JsonText lets through
{
    switch (json.kind()) {
    case JsonKind::Object: return normalisedObject(json);
    case JsonKind::Array: return normalisedList(json);
    case JsonKind::String: return normalisedString(json.raw());
    case JsonKind::Number: return base::JsonDecimal::parse(json.raw())->canonical();    // checked by JsonText, so it is one
    case JsonKind::Null:
    case JsonKind::Bool: return json.raw().toByteArray();
    }
    Q_UNREACHABLE();
}

/// Walks a field list: known keys in their typed form, everything else normalised as it stands.
class CanonicalWriter {
public:
    explicit CanonicalWriter(const JsonValue& object) : m_unread(sortedMembers(object)) {}

    template <class T>
    void required(const char* key, T& value, const char*, const Rule& = {})
    {
        const auto stored = take(QLatin1String(key));
        if (stored && !stored->isNull() && !(isList<T> && stored->kind() == JsonKind::Array && stored->isEmpty()))
            m_written.push_back({QString::fromLatin1(key), canonical(*stored, value)});
        else if (!isUnset(value))    // an empty list that is the default counts as absent
            m_written.push_back({QString::fromLatin1(key), defaultOf(value)});
    }
    template <class T>
    void optional(const char* key, T& value, const char* help, const Rule& = {})
    {
        required(key, value, help);
    }
    void exactlyOne(const char*, const char*) {}
    template <class T>
    void ordered(const char*, const T&, const char*, const T&)
    {
    }
    [[nodiscard]] QByteArray finish()
    {
        for (const StoredMember& member : m_unread)
            m_written.push_back({member.key, normalised(member.value)});
        std::sort(m_written.begin(), m_written.end(), [](const auto& one, const auto& other) { return one.key < other.key; });
        QByteArray out;
        out.reserve(std::accumulate(m_written.begin(), m_written.end(), qsizetype{2}, [](qsizetype size, const WrittenMember& member) {
            return size + member.key.size() + member.value.size() + 4;    // two quotes, a colon, a comma
        }));
        for (const WrittenMember& member : m_written)
            appendMember(out, member.key, member.value);
        return closed(std::move(out));
    }

private:
    struct WrittenMember {
        QString key;
        QByteArray value;
    };

    std::optional<JsonValue> take(QLatin1String key)
    {
        const auto found = std::lower_bound(m_unread.begin(), m_unread.end(), key,
                                            [](const auto& member, QLatin1String wanted) { return member.key < wanted; });
        if (found == m_unread.end() || found->key != key)
            return std::nullopt;
        const JsonValue value = found->value;
        m_unread.erase(found);
        return value;
    }

    template <class T>
    static QByteArray canonical(const JsonValue& stored, const T& like)
    {
        if constexpr (isOptional<T>) {
            return canonical(stored, typename T::value_type{});
        } else if constexpr (isList<T>) {
            return stored.kind() == JsonKind::Array ? canonicalList<typename T::value_type>(stored) : normalised(stored);
        } else if constexpr (Described<T, CanonicalWriter>) {
            if (stored.kind() != JsonKind::Object)
                return normalised(stored);
            T value{};
            CanonicalWriter nested(stored);
            value.describe(nested);
            return nested.finish();
        } else {
            return canonicalLeaf(stored, like);
        }
    }

    template <class T>
    static QByteArray canonicalList(const JsonValue& stored)
    {
        QByteArray out = "["_ba;
        for (const JsonValue child : stored.children()) {
            if (out.size() > 1)
                out += ',';
            out += canonical(child, T{});
        }
        return out + ']';
    }

    template <class T>
    static QByteArray canonicalLeaf(const JsonValue& stored, T value)
    {
        if constexpr (std::same_as<T, qint64> || std::same_as<T, double> || std::same_as<T, bool>) {
            Findings unheard;
            const Path here;
            if (LeafReader{unheard, here}.read(stored, value))
                return defaultOf(value);
        }
        return normalised(stored);    // text, ids, words: as spelt; and what cannot be read
    }

    template <class T>
    static QByteArray defaultOf(const T& value)
    {
        const QByteArray written = writeFresh(value);
        if constexpr (std::same_as<T, double>) {
            const auto decimal = base::JsonDecimal::parse(written);
            return decimal ? decimal->canonical() : written;
        }
        return written;
    }

    std::vector<StoredMember> m_unread;    // what no field has asked for yet
    std::vector<WrittenMember> m_written;
};

template <class T>
QByteArray canonicalAs(const JsonValue& object)
{
    T value;
    CanonicalWriter writer(object);
    value.describe(writer);
    return writer.finish();
}

}

QByteArray canonicalInput(JobType type, const QByteArray& bytes)
{
    const auto json = JsonText::parse(bytes);
    return json ? canonicalInput(type, *json) : bytes;
}

QByteArray canonicalInput(JobType type, const JsonText& json)
{
    const JsonValue root = json.root();
    if (root.kind() != JsonKind::Object)
        return normalised(root);
    switch (type) {
    case JobType::MediaProbe: return canonicalAs<MediaProbeInput>(root);
    case JobType::SilenceDetect: return canonicalAs<SilenceDetectInput>(root);
    case JobType::SilenceApply: return canonicalAs<SilenceApplyInput>(root);
    case JobType::MediaConvert: return canonicalAs<MediaConvertInput>(root);
    case JobType::TranscriptionGenerate: return canonicalAs<TranscriptionGenerateInput>(root);
    case JobType::FrameExtract: return canonicalAs<FrameExtractInput>(root);
    case JobType::CaptionsGenerate: return canonicalAs<CaptionsGenerateInput>(root);
    case JobType::Unknown: return normalised(root);
    }
    Q_UNREACHABLE();
}

}
