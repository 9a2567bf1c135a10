// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/payload_reader.h"

#include "core/base/json_spelling.h"
#include "core/tasks/schemas.h"

#include <charconv>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostFindings = 1000;

QString excerpt(const JsonValue& json)
{
    const QByteArrayView raw = json.raw();
    return QString::fromUtf8(raw.first(std::min<qsizetype>(raw.size(), 40))) + (raw.size() > 40 ? u"…"_s : QString());
}

/// What a number may be written as: itself, or a string that holds one.
struct NumberText {
    QByteArray spelling;
    bool inString = false;
};

std::optional<NumberText> numberText(const JsonValue& json)
{
    if (json.kind() == JsonKind::Number)
        return NumberText{json.raw().toByteArray(), false};
    if (json.kind() == JsonKind::String)
        return NumberText{json.string().trimmed().toUtf8(), true};
    return std::nullopt;
}

/// A number spelt the one way in which an integer is written; anything else is looked at closely.
std::optional<qint64> plainInteger(const JsonValue& json)
{
    if (json.kind() != JsonKind::Number)
        return std::nullopt;
    const QByteArrayView spelling = json.raw();
    qint64 value = 0;
    const auto done = std::from_chars(spelling.begin(), spelling.end(), value);
    const bool isWhole = done.ec == std::errc{} && done.ptr == spelling.end();
    return isWhole && spelling != QByteArrayView("-0") ? std::optional(value) : std::nullopt;
}

void forgive(const LeafReader& leaf, const JsonValue& json, const QString& as)
{
    leaf.findings.add(DiagnosticKind::Forgiven, leaf.path.pointer(), u"%1 was read as %2"_s.arg(excerpt(json), as));
}

bool tooLarge(const LeafReader& leaf, const JsonValue& json)
{
    leaf.findings.add(DiagnosticKind::TooLarge, leaf.path.pointer(), u"%1 is beyond what can be read here"_s.arg(excerpt(json)));
    return false;
}

template <class Payload, class T>
Parsed<Payload> readAs(const QByteArray& bytes, const JsonText& json)
{
    auto parsed = readPayload<T>(bytes, json);
    return {Payload(std::move(parsed.value)), bytes, std::move(parsed.diagnostics)};
}

template <class Payload>
Parsed<Payload> unknown(const QByteArray& bytes, QList<Diagnostic> diagnostics)
{
    return {Payload(UnknownPayload{bytes}), bytes, std::move(diagnostics)};
}

/// What is wrong with a document that is no object.
std::optional<Diagnostic> noObject(const JsonText& json)
{
    if (json.root().kind() == JsonKind::Object)
        return std::nullopt;
    return Diagnostic{DiagnosticKind::NotJson, {}, u"a JSON object expected, not %1"_s.arg(excerpt(json.root()))};
}

Diagnostic noJson(const Error& error)
{
    return {DiagnosticKind::NotJson, {}, error.message};
}

}

QString Path::pointer() const
{
    if (parent == nullptr)
        return {};
    return parent->pointer() + u'/' + (key != nullptr ? base::pointerToken(QString::fromLatin1(key)) : QString::number(element));
}

bool isError(DiagnosticKind kind)
{
    switch (kind) {
    case DiagnosticKind::NotJson:
    case DiagnosticKind::Missing:
    case DiagnosticKind::WrongType:
    case DiagnosticKind::TooLarge:
    case DiagnosticKind::DuplicateKey:
    case DiagnosticKind::UnknownWord:
    case DiagnosticKind::ReplacedText:
    case DiagnosticKind::Refused: return true;
    case DiagnosticKind::UnknownKey:
    case DiagnosticKind::Forgiven: return false;
    }
    Q_UNREACHABLE();
}

void Findings::add(DiagnosticKind kind, const QString& pointer, const QString& message)
{
    int& count = isError(kind) ? m_errors : m_remarks;
    if (++count <= mostFindings)
        m_all << Diagnostic{kind, pointer, message};
}

bool LeafReader::wrongType(const JsonValue& json, const char* expected) const
{
    findings.add(DiagnosticKind::WrongType, path.pointer(), u"%1 expected, not %2"_s.arg(QLatin1String(expected), excerpt(json)));
    return false;
}

void LeafReader::unknownWord(const QString& word) const
{
    findings.add(DiagnosticKind::UnknownWord, path.pointer(), u"'%1' is none of the words known here"_s.arg(word));
}

bool LeafReader::read(const JsonValue& json, qint64& value) const
{
    if (const auto plain = plainInteger(json)) {
        value = *plain;
        return true;
    }
    const auto text = numberText(json);
    const auto decimal = text ? base::JsonDecimal::parse(text->spelling) : std::nullopt;
    if (!decimal || !decimal->isInteger())
        return wrongType(json, "an integer");
    const auto integer = decimal->toInt64();
    if (!integer)
        return tooLarge(*this, json);
    value = *integer;
    if (text->inString || text->spelling != QByteArray::number(value))
        forgive(*this, json, QString::number(value));
    return true;
}

bool LeafReader::read(const JsonValue& json, double& value) const
{
    const auto text = numberText(json);
    if (!text || (text->inString && !base::JsonDecimal::parse(text->spelling)))
        return wrongType(json, "a number");
    const auto number = base::jsonNumberToDouble(text->spelling);
    if (!number)
        return tooLarge(*this, json);
    value = *number;
    if (text->inString)
        forgive(*this, json, QString::fromLatin1(base::encodeJsonNumber(value)));
    return true;
}

bool LeafReader::read(const JsonValue& json, bool& value) const
{
    if (const auto plain = json.asBool()) {
        value = *plain;
        return true;
    }
    const QByteArrayView raw = json.raw();
    const bool yes = raw == QByteArrayView("1") || raw == QByteArrayView("\"true\"");
    const bool no = raw == QByteArrayView("0") || raw == QByteArrayView("\"false\"");
    if (!yes && !no)
        return wrongType(json, "true or false");
    value = yes;
    forgive(*this, json, yes ? u"true"_s : u"false"_s);
    return true;
}

bool LeafReader::read(const JsonValue& json, QString& value) const
{
    if (json.kind() != JsonKind::String)
        return wrongType(json, "a string");
    value = json.string();
    if (json.hasLoneSurrogate())
        findings.add(DiagnosticKind::ReplacedText, path.pointer(), u"the text holds half of a character (a lone surrogate)"_s);
    return true;
}

bool LeafReader::read(const JsonValue& json, RawJson& value) const
{
    value.bytes = json.raw().toByteArray();
    return true;
}

Reader::Reader(const JsonValue& object, const Path& path, Findings& findings) : m_path(path), m_findings(findings)
{
    for (const JsonValue child : object.children())
        m_members.push_back({child});
}

std::optional<JsonValue> Reader::take(const char* key)
{
    const QLatin1StringView wanted(key);
    std::optional<JsonValue> found;
    for (Member& member : m_members) {
        if (member.isKnown || !member.json.keyIs(wanted))
            continue;
        if (found)
            m_findings.add(DiagnosticKind::DuplicateKey, pathOf(key).pointer(), u"the key stands twice; the last one counts"_s);
        member.isKnown = true;
        found = member.json;
    }
    return found;
}

void Reader::finish()
{
    for (const Member& member : m_members) {
        if (!member.isKnown) {
            m_findings.add(DiagnosticKind::UnknownKey, m_path.pointer() + u'/' + base::pointerToken(member.json.key()),
                           u"a key that is not known here"_s);
        }
    }
}

Parsed<InputPayload> parseInput(JobType type, const QByteArray& bytes)
{
    const auto json = JsonText::parse(bytes);
    return json ? parseInput(type, *json) : unknown<InputPayload>(bytes, {noJson(json.error())});
}

Parsed<InputPayload> parseInput(JobType type, const JsonText& json)
{
    const QByteArray& bytes = json.bytes();
    if (const auto problem = noObject(json))
        return unknown<InputPayload>(bytes, {*problem});
    switch (type) {
    case JobType::MediaProbe: return readAs<InputPayload, MediaProbeInput>(bytes, json);
    case JobType::SilenceDetect: return readAs<InputPayload, SilenceDetectInput>(bytes, json);
    case JobType::SilenceApply: return readAs<InputPayload, SilenceApplyInput>(bytes, json);
    case JobType::MediaConvert: return readAs<InputPayload, MediaConvertInput>(bytes, json);
    case JobType::TranscriptionGenerate: return readAs<InputPayload, TranscriptionGenerateInput>(bytes, json);
    case JobType::FrameExtract: return readAs<InputPayload, FrameExtractInput>(bytes, json);
    case JobType::CaptionsGenerate: return readAs<InputPayload, CaptionsGenerateInput>(bytes, json);
    case JobType::Unknown: return unknown<InputPayload>(bytes, {});
    }
    Q_UNREACHABLE();
}

Parsed<OutputPayload> parseOutput(JobType type, const QByteArray& bytes)
{
    const auto json = JsonText::parse(bytes);
    if (!json)
        return unknown<OutputPayload>(bytes, {noJson(json.error())});
    if (const auto problem = noObject(*json))
        return unknown<OutputPayload>(bytes, {*problem});
    switch (type) {
    case JobType::MediaProbe: return readAs<OutputPayload, MediaProbeOutput>(bytes, *json);
    case JobType::SilenceDetect: return readAs<OutputPayload, SilenceDetectOutput>(bytes, *json);
    case JobType::SilenceApply: return readAs<OutputPayload, SilenceApplyOutput>(bytes, *json);
    case JobType::MediaConvert: return readAs<OutputPayload, MediaConvertOutput>(bytes, *json);
    case JobType::TranscriptionGenerate: return readAs<OutputPayload, TranscriptionGenerateOutput>(bytes, *json);
    case JobType::FrameExtract: return readAs<OutputPayload, FrameExtractOutput>(bytes, *json);
    case JobType::CaptionsGenerate: return readAs<OutputPayload, CaptionsGenerateOutput>(bytes, *json);
    case JobType::Unknown: return unknown<OutputPayload>(bytes, {});
    }
    Q_UNREACHABLE();
}

}
