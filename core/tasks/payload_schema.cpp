// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/payload_reader.h"
#include "core/tasks/payload_writer.h"
#include "core/tasks/schemas.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <string>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

using Json = nlohmann::ordered_json;

enum class Words { Closed, Open };    // an input must use them; an output of a newer worker may know more

Json plain(double number)
{
    return number == std::floor(number) ? Json(static_cast<qint64>(number)) : Json(number);
}

void addNumberRule(Json& schema, const Rule& rule)
{
    if (rule.minimum)
        schema["minimum"] = plain(*rule.minimum);
    if (rule.above)
        schema["exclusiveMinimum"] = plain(*rule.above);
    if (rule.maximum)
        schema["maximum"] = plain(*rule.maximum);
    if (rule.isEven)
        schema["multipleOf"] = 2;
}

void addTextRule(Json& schema, const Rule& rule)
{
    if (rule.notEmpty)
        schema["minLength"] = 1;
    if (rule.isColor)
        schema["pattern"] = "^#[0-9A-Fa-f]{6}$";
    for (const char* word : rule.oneOf)
        schema["enum"].push_back(word);
}

/// Walks a field list and writes its JSON Schema. Options may be null: the reader takes that for absent.
class SchemaWriter {
public:
    explicit SchemaWriter(Words words) : m_words(words) {}

    template <class T>
    void required(const char* key, const T& value, const char* help, const Rule& rule = {})
    {
        m_required.push_back(key);
        m_properties[key] = described(schemaOf(value, rule), help);
    }

    template <class T>
    void optional(const char* key, const T& value, const char* help, const Rule& rule = {})
    {
        Json schema = schemaOf(value, rule);
        if (schema.contains("type"))
            schema["type"] = Json::array({schema["type"], "null"});
        if (schema.contains("enum"))
            schema["enum"].push_back(nullptr);
        if constexpr (!isOptional<T>) {
            if (!isUnset(value))
                schema["default"] = Json::parse(writeFresh(value).toStdString());
        }
        m_properties[key] = described(std::move(schema), help);
    }

    void exactlyOne(const char* first, const char* second)
    {
        for (const char* key : {first, second})
            m_oneOf.push_back({{"required", {key}}, {"properties", {{key, {{"not", {{"type", "null"}}}}}}}});
    }

    template <class T>
    void ordered(const char*, const T&, const char*, const T&)    // JSON Schema cannot compare two members
    {
    }

    [[nodiscard]] Json finish() const
    {
        Json schema = {{"type", "object"}, {"properties", m_properties}};
        if (!m_required.empty())
            schema["required"] = m_required;
        if (!m_oneOf.empty())
            schema["oneOf"] = m_oneOf;
        schema["additionalProperties"] = true;
        return schema;
    }

private:
    static Json described(Json schema, const char* help)
    {
        schema["description"] = help;
        return schema;
    }

    template <class T>
    Json schemaOf(const T& value, const Rule& rule) const
    {
        Json schema = Json::object();
        if constexpr (isOptional<T>) {
            return schemaOf(typename T::value_type{}, rule);
        } else if constexpr (isList<T>) {
            schema["type"] = "array";
            if (rule.notEmpty)
                schema["minItems"] = 1;
            schema["items"] = schemaOf(typename T::value_type{}, rule);
        } else if constexpr (Described<T, SchemaWriter>) {
            T copy = value;
            SchemaWriter nested(m_words);
            copy.describe(nested);
            return nested.finish();
        } else if constexpr (std::same_as<T, qint64>) {
            schema["type"] = "integer";
            addNumberRule(schema, rule);
        } else if constexpr (std::same_as<T, double>) {
            schema["type"] = "number";
            addNumberRule(schema, rule);
        } else if constexpr (std::same_as<T, bool>) {
            schema["type"] = "boolean";
        } else if constexpr (isWord<T>) {
            schema["type"] = "string";
            for (const auto& spelling : spellings(static_cast<decltype(wordValue(value))>(value)))
                schema[m_words == Words::Closed ? "enum" : "examples"].push_back(spelling.word);
        } else if constexpr (!std::same_as<T, RawJson>) {    // text and ids; RawJson may be anything
            schema["type"] = "string";
            addTextRule(schema, rule);
        }
        return schema;
    }

    template <class E>
    static E wordValue(const Word<E>& word)
    {
        return word;
    }

    Words m_words;
    Json m_properties = Json::object();
    Json m_required = Json::array();
    Json m_oneOf = Json::array();
};

template <class T>
QByteArray schemaText(JobType type, Words words)
{
    SchemaWriter writer(words);
    T value;
    value.describe(writer);
    Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                   {"title", (jobs::jobTypeName(type) + (words == Words::Closed ? u" input_data"_s : u" output_data"_s)).toStdString()}};
    schema.update(writer.finish());
    return QByteArray::fromStdString(schema.dump(2)) + '\n';
}

QByteArray anything()
{
    return "{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\"\n}\n"_ba;
}

}

QByteArray inputJsonSchema(JobType type)
{
    switch (type) {
    case JobType::MediaProbe: return schemaText<MediaProbeInput>(type, Words::Closed);
    case JobType::SilenceDetect: return schemaText<SilenceDetectInput>(type, Words::Closed);
    case JobType::SilenceApply: return schemaText<SilenceApplyInput>(type, Words::Closed);
    case JobType::MediaConvert: return schemaText<MediaConvertInput>(type, Words::Closed);
    case JobType::TranscriptionGenerate: return schemaText<TranscriptionGenerateInput>(type, Words::Closed);
    case JobType::FrameExtract: return schemaText<FrameExtractInput>(type, Words::Closed);
    case JobType::CaptionsGenerate: return schemaText<CaptionsGenerateInput>(type, Words::Closed);
    case JobType::Unknown: return anything();
    }
    Q_UNREACHABLE();
}

QByteArray outputJsonSchema(JobType type)
{
    switch (type) {
    case JobType::MediaProbe: return schemaText<MediaProbeOutput>(type, Words::Open);
    case JobType::SilenceDetect: return schemaText<SilenceDetectOutput>(type, Words::Open);
    case JobType::SilenceApply: return schemaText<SilenceApplyOutput>(type, Words::Open);
    case JobType::MediaConvert: return schemaText<MediaConvertOutput>(type, Words::Open);
    case JobType::TranscriptionGenerate: return schemaText<TranscriptionGenerateOutput>(type, Words::Open);
    case JobType::FrameExtract: return schemaText<FrameExtractOutput>(type, Words::Open);
    case JobType::CaptionsGenerate: return schemaText<CaptionsGenerateOutput>(type, Words::Open);
    case JobType::Unknown: return anything();
    }
    Q_UNREACHABLE();
}

}
