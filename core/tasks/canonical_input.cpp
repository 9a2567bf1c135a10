// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_spelling.h"
#include "core/tasks/payload_writer.h"
#include "core/tasks/schemas.h"

#include <QMap>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

QByteArray normalised(const JsonValue& json);

QByteArray objectOf(const QMap<QString, QByteArray>& members)
{
    QByteArray out = "{"_ba;
    for (auto member = members.begin(); member != members.end(); ++member) {
        if (out.size() > 1)
            out += ',';
        out += base::encodeJsonString(member.key()) + ':' + member.value();
    }
    return out + '}';
}

/// Sorted by key; where a key stands twice the last one counts, as everywhere.
QMap<QString, QByteArray> normalisedMembers(const JsonValue& object)
{
    QMap<QString, QByteArray> members;
    for (const JsonValue child : object.children())
        members[base::decodeJsonString(child.rawKey(), base::LoneSurrogates::Keep)] = normalised(child);
    return members;
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
    case JsonKind::Object: return objectOf(normalisedMembers(json));
    case JsonKind::Array: return normalisedList(json);
    case JsonKind::String: return base::encodeJsonString(base::decodeJsonString(json.raw(), base::LoneSurrogates::Keep));
    case JsonKind::Number: return base::JsonDecimal::parse(json.raw())->canonical();    // checked by JsonText, so it is one
    case JsonKind::Null:
    case JsonKind::Bool: return json.raw().toByteArray();
    }
    Q_UNREACHABLE();
}

/// Walks a field list: known keys in their typed form, everything else normalised as it stands.
class CanonicalWriter {
public:
    explicit CanonicalWriter(const JsonValue& object) : m_object(object), m_members(normalisedMembers(object)) {}

    template <class T>
    void required(const char* key, T& value, const char*, const Rule& = {})
    {
        const QString name = QString::fromLatin1(key);
        const auto stored = m_object.member(name);
        if (stored && !stored->isNull() && !(isList<T> && stored->kind() == JsonKind::Array && stored->isEmpty()))
            m_members[name] = canonical(*stored, value);
        else if (isUnset(value))
            m_members.remove(name);    // an empty list that is the default counts as absent
        else
            m_members[name] = defaultOf(value);
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
    [[nodiscard]] QByteArray finish() const { return objectOf(m_members); }

private:
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

    JsonValue m_object;
    QMap<QString, QByteArray> m_members;
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
    if (!json)
        return bytes;
    const JsonValue root = json->root();
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
