// SPDX-License-Identifier: Apache-2.0
#include "core/scenarios/scenario_reader.h"

#include "core/scenarios/scenario_file.h"

namespace core::scenarios {

using namespace Qt::StringLiterals;

ObjectReader::ObjectReader(const JsonValue& value, QString pointer, std::optional<Error>& wrong)
    : m_value(value), m_pointer(std::move(pointer)), m_wrong(wrong), m_isObject(value.kind() == JsonKind::Object)
{
    if (!m_isObject)
        refuse(m_pointer, u"must be an object"_s);
}

void ObjectReader::refuse(const QString& pointer, const QString& why)
{
    if (!m_wrong)
        m_wrong =
            Error{ErrorKind::Invalid, u"scenario_field"_s, u"%1 %2"_s.arg(pointer.isEmpty() ? u"The file"_s : pointer, why), pointer, {}};
}

bool ObjectReader::has(QLatin1StringView key) const
{
    return m_isObject && m_value.member(key.toString());
}

std::optional<JsonValue> ObjectReader::required(QLatin1StringView key, JsonKind kind, const char* words)
{
    m_asked.insert(key.toString());
    if (!m_isObject)
        return {};
    const auto value = m_value.member(key.toString());
    if (!value)
        refuse(at(key), u"is missing"_s);
    else if (value->kind() != kind)
        refuse(at(key), u"must be %1"_s.arg(QLatin1StringView(words)));
    return value && value->kind() == kind ? value : std::nullopt;
}

QString ObjectReader::text(QLatin1StringView key)
{
    const auto value = required(key, JsonKind::String, "text");
    return value ? value->string() : QString();
}

QString ObjectReader::optionalText(QLatin1StringView key)
{
    m_asked.insert(key.toString());
    return has(key) ? text(key) : QString();
}

qint64 ObjectReader::number(QLatin1StringView key, qint64 least, qint64 most)
{
    const auto value = required(key, JsonKind::Number, "a number");
    if (!value)
        return 0;
    const auto number = value->asInt64();
    if (!number || *number < least || *number > most)
        refuse(at(key), u"must be a whole number from %1 to %2"_s.arg(least).arg(most));
    return number.value_or(0);
}

bool ObjectReader::flag(QLatin1StringView key)
{
    const auto value = required(key, JsonKind::Bool, "true or false");
    return value && value->asBool().value_or(false);
}

Time ObjectReader::time(QLatin1StringView key)
{
    const auto value = required(key, JsonKind::String, "a time such as 2026-11-01T12:00:00Z");
    if (!value)
        return {};
    const auto read = base::parseIsoText(value->string());
    if (!read)
        refuse(at(key), u"must be a time such as 2026-11-01T12:00:00Z"_s);
    return read.value_or(Time{});
}

QByteArray ObjectReader::bytes(QLatin1StringView key)
{
    const QString name = key.toString();
    const QString json = name + u"_json"_s;
    const QString plain = name + u"_text"_s;
    const QString base64 = name + u"_base64"_s;
    m_asked << json << plain << base64;
    if (!m_isObject)
        return {};
    const auto spelt = m_value.member(json);
    const auto written = m_value.member(plain);
    const auto encoded = m_value.member(base64);
    if (int(spelt.has_value()) + int(written.has_value()) + int(encoded.has_value()) != 1) {
        refuse(m_pointer + u'/' + json, u"is needed, or %1, or %2: exactly one of the three"_s.arg(plain, base64));
        return {};
    }
    if (spelt)
        return spelt->raw().toByteArray();
    const JsonValue& value = written ? *written : *encoded;
    const QString pointer = m_pointer + u'/' + (written ? plain : base64);
    if (value.kind() != JsonKind::String) {
        refuse(pointer, u"must be text"_s);
        return {};
    }
    if (written)
        return value.string().toUtf8();
    const auto decoded = QByteArray::fromBase64Encoding(value.string().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        refuse(pointer, u"is no base64"_s);
    return decoded ? *decoded : QByteArray();
}

void ObjectReader::finish()
{
    if (!m_isObject || m_wrong)
        return;
    for (const JsonValue child : m_value.children()) {
        if (!m_asked.contains(child.key()))
            return refuse(m_pointer + u'/' + base::pointerToken(child.key()), u"is not known"_s);
    }
}

namespace {

/// A stored word that one of our functions reads; those take an unknown one for their first, so it is written again and compared.
template <class Word>
Word wordAt(ObjectReader& reader, QLatin1StringView key, Word (*parse)(QStringView), QString (*name)(Word))
{
    const QString text = reader.text(key);
    const Word word = parse(text);
    if (name(word) != text)
        reader.refuse(reader.at(key), u"is not known: '%1'"_s.arg(text.left(80)));
    return word;
}

QList<webhooks::Header> readHeaders(ObjectReader& reader)
{
    QList<webhooks::Header> headers;
    reader.list("headers"_L1, [&](const JsonValue& pair, const QString& pointer) {
        QList<QByteArray> texts;
        if (pair.kind() == JsonKind::Array) {
            for (const JsonValue text : pair.children())
                texts << (text.kind() == JsonKind::String ? text.string().toLatin1() : QByteArray());
        }
        if (texts.size() != 2 || texts.at(0).isEmpty())
            return reader.refuse(pointer, u"must be a list of a name and a value"_s);
        headers.append({texts.at(0), texts.at(1)});
    });
    return headers;
}

Deliver readDelivery(ObjectReader& reader)
{
    Deliver delivery;
    delivery.source = wordAt(reader, "source"_L1, webhooks::parseSource, webhooks::sourceName);
    delivery.toAddress = reader.flag("to_address"_L1);
    const QString signing = reader.text("signature"_L1);
    if (const auto read = parseSigning(signing))
        delivery.signing = *read;
    else
        reader.refuse(reader.at("signature"_L1), u"must be good, wrong, as_sent or not_checked"_s);
    if (reader.has("stamped_at"_L1))
        delivery.stampedAt = reader.time("stamped_at"_L1);
    delivery.method = reader.text("method"_L1);
    delivery.headers = readHeaders(reader);
    delivery.actor = reader.text("actor"_L1);
    delivery.body = reader.bytes("body"_L1);
    if (reader.has("outcome_in_store"_L1))
        delivery.inStore = wordAt(reader, "outcome_in_store"_L1, webhooks::parseOutcome, webhooks::outcomeName);
    return delivery;
}

Expectation readExpectation(ObjectReader& reader)
{
    constexpr qint64 most = std::numeric_limits<int>::max();
    Expectation expected;
    expected.answer = reader.text("answer"_L1);
    expected.stage = reader.text("stage"_L1);
    expected.verdict = reader.text("verdict"_L1);
    expected.httpStatus = static_cast<int>(reader.number("http_status"_L1, 0, 999));
    expected.status = reader.text("job_status"_L1);
    expected.progressPct = static_cast<int>(reader.number("progress_pct"_L1, 0, 100));
    expected.events = reader.number("events"_L1, 0, most);
    expected.artifacts = reader.number("artifacts"_L1, 0, most);
    expected.notifications = reader.number("notifications"_L1, 0, most);
    return expected;
}

Step readStep(ObjectReader& reader)
{
    Step step;
    const QString what = reader.text("do"_L1);
    step.at = reader.time("at"_L1);
    step.note = reader.optionalText("note"_L1);
    if (what == "deliver"_L1)
        step.act = readDelivery(reader);
    else if (what == "cancel"_L1)
        step.act = Cancel{reader.text("by"_L1), reader.text("reason"_L1)};
    else if (what == "take"_L1)
        step.act = Take{};
    else
        reader.refuse(reader.at("do"_L1), u"must be deliver, cancel or take"_s);
    if (reader.has("expect"_L1))
        reader.object("expect"_L1, [&](ObjectReader& expect) { step.expected = readExpectation(expect); });
    reader.finish();
    return step;
}

ScenarioJob readJob(ObjectReader& reader)
{
    ScenarioJob job;
    job.id = JobId{reader.text("id"_L1)};
    if (job.id.isEmpty())
        reader.refuse(reader.at("id"_L1), u"must not be empty"_s);
    job.typeText = reader.text("job_type"_L1);
    job.createdAt = reader.time("created_at"_L1);
    job.userId = reader.optionalText("user_id"_L1);
    job.projectId = reader.optionalText("project_id"_L1);
    job.address = WebhookId{reader.optionalText("webhook_id"_L1)};
    job.isAddressActive = reader.flag("webhook_is_active"_L1);
    job.inputData = reader.bytes("input"_L1);
    return job;
}

/// Told apart from a file of ours with a mistake: somebody chose another file.
std::optional<Error> wrongKind(const JsonValue& root)
{
    const auto format = root.kind() == JsonKind::Object ? root.member(u"format") : std::nullopt;
    if (!format || format->string() != "signalbox-scenario"_L1)
        return Error{ErrorKind::Invalid, u"scenario_format"_s, u"This file is no scenario"_s, u"/format"_s, {}};
    const auto version = root.member(u"version");
    const auto number = version ? version->asInt64() : std::nullopt;
    if (number && *number > fileVersion)
        return Error{ErrorKind::Invalid,
                     u"scenario_version"_s,
                     u"The file has version %1; this program reads up to %2"_s.arg(*number).arg(fileVersion),
                     u"/version"_s,
                     {}};
    return {};
}

}

Result<Scenario> parseScenario(const QByteArray& json)
{
    // deeper than a body may be: the bodies stand inside
    const auto document = JsonText::parse(json, {.maxBytes = largestFile, .maxDepth = 640});
    if (!document)
        return errorOf(document);
    if (auto wrong = wrongKind(document->root()))
        return tl::make_unexpected(*wrong);
    std::optional<Error> wrong;
    Scenario scenario;
    ObjectReader reader(document->root(), {}, wrong);
    (void)reader.text("format"_L1);
    (void)reader.number("version"_L1, 1, fileVersion);
    scenario.title = reader.text("title"_L1);
    reader.list("remarks"_L1, [&](const JsonValue& remark, const QString& pointer) {
        if (remark.kind() != JsonKind::String)
            return reader.refuse(pointer, u"must be text"_s);
        scenario.remarks << remark.string();
    });
    reader.object("job"_L1, [&](ObjectReader& job) { scenario.job = readJob(job); });
    reader.list("files"_L1, [&](const JsonValue& file, const QString& pointer) {
        ObjectReader row(file, pointer, wrong);
        const QString key = row.text("key"_L1);
        files::FileFacts facts;
        facts.sizeBytes = row.number("size_bytes"_L1, 0, std::numeric_limits<qint64>::max());
        facts.sha256 = row.text("sha256"_L1);
        facts.mimeType = row.text("mime_type"_L1);
        row.finish();
        scenario.files.insert(key, facts);
    });
    reader.list("steps"_L1, [&](const JsonValue& step, const QString& pointer) {
        ObjectReader row(step, pointer, wrong);
        scenario.steps << readStep(row);
    });
    if (scenario.steps.size() > 2 * mostSteps)
        reader.refuse(u"/steps"_s, u"has %1 steps; %2 are the most"_s.arg(scenario.steps.size()).arg(2 * mostSteps));
    reader.finish();
    if (wrong)
        return tl::make_unexpected(*wrong);
    return scenario;
}

}
