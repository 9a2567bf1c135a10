// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/webhook_event.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

/// Reads the fields of one body and gathers what is wrong with each, so that a sender learns of all at once.
class FieldReader {
public:
    explicit FieldReader(const JsonValue& root) : m_root(root) {}

    std::optional<QString> text(const char* key, qsizetype longest)
    {
        const auto value = present(key);
        if (!value)
            return {};
        if (value->kind() != JsonKind::String)
            return refuse(key, u"must be text"_s);
        const QString read = value->string();
        if (read.size() > longest)
            return refuse(key, u"is longer than %1 characters"_s.arg(longest));
        return read;
    }
    std::optional<qint64> integer(const char* key, qint64 smallest, qint64 largest)
    {
        const auto value = present(key);
        if (!value)
            return {};
        const auto number = value->kind() == JsonKind::Number ? value->asInt64() : std::nullopt;
        if (!number)
            return refuse(key, u"must be a whole number"_s);
        if (*number < smallest || *number > largest)
            return refuse(key, u"must be from %1 to %2"_s.arg(smallest).arg(largest));
        return *number;
    }
    std::optional<JobStatus> status(const char* key)
    {
        const auto word = text(key, 40);
        if (!word)
            return {};
        const JobStatus read = jobs::parseStatus(*word);
        if (read == JobStatus::Unknown)
            return refuse(key, u"is no status: '%1'"_s.arg(*word));
        return read;
    }
    std::optional<Time> time(const char* key)
    {
        const auto word = text(key, 64);
        if (!word)
            return {};
        const auto read = base::parseIsoText(*word);
        if (!read)
            return refuse(key, u"must be a time such as 2026-11-01T12:00:00Z"_s);
        return *read;
    }
    std::optional<QByteArray> raw(const char* key)
    {
        const auto value = present(key);
        return value ? std::optional(value->raw().toByteArray()) : std::nullopt;
    }
    std::nullopt_t refuse(const char* key, const QString& why)
    {
        m_problems.append(
            {ErrorKind::Invalid, u"event_invalid"_s, u"%1 %2"_s.arg(QLatin1String(key), why), QLatin1Char('/') + QLatin1String(key), {}});
        return std::nullopt;
    }
    [[nodiscard]] const QList<Error>& problems() const { return m_problems; }

private:
    std::optional<JsonValue> present(const char* key) const
    {
        const auto value = m_root.member(QLatin1String(key).toString());
        return value && !value->isNull() ? value : std::nullopt;    // null means absent
    }
    JsonValue m_root;
    QList<Error> m_problems;
};

tl::unexpected<EventProblem> problem(const Error& error, const QList<Error>& fields = {})
{
    return tl::make_unexpected(EventProblem{error, fields});
}

}

tl::expected<WebhookEvent, EventProblem> parseWebhookEvent(const QByteArray& body, const QList<webhooks::Header>& headers)
{
    const auto document = JsonText::parse(body, {.maxBytes = maxWebhookBody, .refuseDuplicateKeys = true});
    if (!document)
        return problem(document.error());
    if (document->root().kind() != JsonKind::Object)
        return problem({ErrorKind::Malformed, u"json_malformed"_s, u"The body is no JSON object"_s, {}, {}});

    FieldReader fields(document->root());
    WebhookEvent event;
    event.status = fields.status("status");
    if (const auto percent = fields.integer("progress_pct", 0, 100))
        event.progressPct = static_cast<int>(*percent);
    event.message = fields.text("current_message", 10'000);
    event.errorMessage = fields.text("error_message", 100'000);
    event.errorCode = fields.text("error_code", 200);
    event.outputData = fields.raw("output_data");
    event.eventId = fields.text("event_id", 200).value_or(QString());
    if (event.eventId.isEmpty())
        event.eventId = QString::fromUtf8(webhooks::headerValue(headers, "webhook-id"));
    if (const auto attempt = fields.integer("attempt", 0, 1'000'000))
        event.attempt = static_cast<int>(*attempt);
    event.sequence = fields.integer("sequence", 0, std::numeric_limits<qint64>::max());
    event.occurredAt = fields.time("occurred_at");
    if (fields.problems().isEmpty() && !event.status && !event.progressPct && !event.message)
        fields.refuse("status", u"is missing, and so are progress_pct and current_message: one of them is needed"_s);
    if (!fields.problems().isEmpty())
        return problem(fields.problems().first(), fields.problems());
    return event;
}

QByteArray writeWebhookEvent(const WebhookEvent& event)
{
    QByteArray body;
    const auto set = [&body](QByteArrayView key, const QByteArray& json) {
        body += body.isEmpty() ? "{\"" : ",\"";
        body += key;
        body += "\":";
        body += json;
    };
    const auto setText = [&set](QByteArrayView key, const std::optional<QString>& text) {
        if (text)
            set(key, base::encodeJsonString(*text));
    };
    setText("event_id", event.eventId.isEmpty() ? std::nullopt : std::optional(event.eventId));
    if (event.status)
        setText("status", jobs::statusName(*event.status));
    if (event.attempt)
        set("attempt", QByteArray::number(*event.attempt));
    if (event.sequence)
        set("sequence", QByteArray::number(*event.sequence));
    if (event.progressPct)
        set("progress_pct", QByteArray::number(*event.progressPct));
    setText("current_message", event.message);
    setText("error_message", event.errorMessage);
    setText("error_code", event.errorCode);
    if (event.occurredAt)
        setText("occurred_at", base::toIsoText(*event.occurredAt));
    if (event.outputData)
        set("output_data", *event.outputData);    // as bytes: its numbers keep their spelling
    return body.isEmpty() ? "{}"_ba : body + '}';
}

}
