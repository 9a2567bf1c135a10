// SPDX-License-Identifier: Apache-2.0
#include "core/webhooks/repository.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"
#include "core/database/id_range.h"
#include "core/database/row_text.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace core::webhooks {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

namespace {

// Header bytes need not be UTF-8: each is stored as Latin-1 characters, which every byte string can be.
QByteArray headersToText(const QList<Header>& headers)
{
    if (headers.isEmpty())
        return "[]";
    const auto text = [](const QByteArray& bytes) { return base::encodeJsonString(QString::fromLatin1(bytes)); };
    QByteArray list;
    for (const Header& header : headers)
        list += (list.isEmpty() ? "[[" : ",[") + text(header.name) + ',' + text(header.value) + ']';
    return list + ']';
}

QList<Header> headersFromText(const QByteArray& text)
{
    QList<Header> headers;
    const auto list = JsonText::parse(text);
    if (!list || list->root().kind() != JsonKind::Array)
        return headers;
    for (const JsonValue pair : list->root().children()) {
        if (pair.kind() != JsonKind::Array || pair.childCount() != 2)
            continue;
        const JsonValue name = *pair.children().begin();
        const JsonValue value = *++pair.children().begin();
        if (name.kind() == JsonKind::String && value.kind() == JsonKind::String)
            headers.append({name.string().toLatin1(), value.string().toLatin1()});
    }
    return headers;
}

Webhook webhookFromRow(Row& row)
{
    Webhook webhook;
    webhook.id = row.id<WebhookId>();
    webhook.jobId = row.id<JobId>();
    webhook.scheme = row.string();
    webhook.isActive = row.boolean();
    webhook.createdAt = row.time();
    return webhook;
}

#define DELIVERY_COLUMNS                                                                                                                   \
    "id, webhook_id, job_id, received_at, source, method, headers, signature_verdict, outcome, outcome_detail, stage_reached, "            \
    "duration_us, replay_of"

#define UUID_OR_NULL(text) "CASE WHEN " text " ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN " text "::uuid END"

QByteArray textOf(const QList<DeliveryId>& ids)
{
    QJsonArray list;
    for (const DeliveryId& id : ids)
        list.append(id.text);
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

Delivery deliveryWithBody(Row& row)
{
    Delivery delivery = deliveryFromRow(row);
    delivery.body = row.bytes();
    return delivery;
}

}

const char* deliveryColumns()
{
    return DELIVERY_COLUMNS;
}

Delivery deliveryFromRow(Row& row)
{
    Delivery delivery;
    delivery.id = row.id<DeliveryId>();
    delivery.webhookId = row.optionalId<WebhookId>();
    delivery.jobId = row.optionalId<JobId>();
    delivery.receivedAt = row.time();
    delivery.source = parseSource(row.string());
    delivery.method = row.string();
    delivery.headers = headersFromText(row.bytes());
    delivery.verdict = parseVerdict(row.string());
    delivery.outcome = parseOutcome(row.string());
    delivery.outcomeDetail = row.string();
    delivery.stageReached = parseStage(row.string());
    delivery.durationUs = row.int64();
    delivery.replayOf = row.optionalId<DeliveryId>();
    return delivery;
}

Result<void> WebhookRepository::insert(const Webhook& webhook)
{
    auto query = m_database.prepare(
        "INSERT INTO webhooks (id, job_id, scheme, is_active, created_at) VALUES (:id, :job_id, :scheme, :is_active, :created_at)",
        Path::Hot);
    query.bind(":id", webhook.id).bind(":job_id", webhook.jobId).bind(":scheme", webhook.scheme).bind(":is_active", webhook.isActive);
    query.bind(":created_at", webhook.createdAt);
    return query.exec();
}

Result<std::optional<Webhook>> WebhookRepository::find(const WebhookId& id) const
{
    auto query = m_database.prepare("SELECT id, job_id, scheme, is_active, created_at FROM webhooks WHERE id = :id", Path::Hot);
    query.bind(":id", id);
    return query.fetchOne(webhookFromRow);
}

Result<std::optional<Webhook>> WebhookRepository::findOfJob(const JobId& id) const
{
    auto query = m_database.prepare(
        "SELECT id, job_id, scheme, is_active, created_at FROM webhooks WHERE job_id = :job_id ORDER BY created_at, id LIMIT 1", Path::Hot);
    query.bind(":job_id", id);
    return query.fetchOne(webhookFromRow);
}

Result<void> WebhookRepository::insertDelivery(const Delivery& delivery)
{
    auto query = m_database.prepare(
        "INSERT INTO webhook_deliveries (id, webhook_id, job_id, received_at, source, method, headers, body, signature_verdict, "
        "outcome, outcome_detail, stage_reached, duration_us, replay_of) VALUES (:id, :webhook_id, :job_id, :received_at, :source, "
        ":method, :headers, :body, :signature_verdict, :outcome, :outcome_detail, :stage_reached, :duration_us, :replay_of)",
        Path::Hot);
    query.bind(":id", delivery.id)
        .bind(":webhook_id", delivery.webhookId)
        .bind(":job_id", delivery.jobId)
        .bind(":received_at", delivery.receivedAt);
    query.bind(":source", sourceName(delivery.source))
        .bind(":method", delivery.method)
        .bindUtf8(":headers", headersToText(delivery.headers));
    query.bindBlob(":body", delivery.body)
        .bind(":signature_verdict", verdictName(delivery.verdict))
        .bind(":outcome", outcomeName(delivery.outcome));
    query.bind(":outcome_detail", delivery.outcomeDetail).bind(":stage_reached", stageName(delivery.stageReached));
    query.bind(":duration_us", delivery.durationUs).bind(":replay_of", delivery.replayOf);
    return query.execAhead();
}

Result<void> WebhookRepository::insertDeliveries(const QList<Delivery>& deliveries)
{
    if (!m_database.isPostgres() || deliveries.size() < 2) {
        for (const Delivery& delivery : deliveries) {
            if (const auto inserted = insertDelivery(delivery); !inserted)
                return inserted;
        }
        return {};
    }
    auto query = m_database.prepare(
        "INSERT INTO webhook_deliveries (" DELIVERY_COLUMNS ", body) SELECT id, webhook_id, job_id, timestamptz 'epoch' + received_at * "
        "interval '1 microsecond', source, method, CAST(headers AS json), signature_verdict, outcome, outcome_detail, stage_reached, "
        "duration_us, replay_of, decode(body, 'base64') FROM json_to_recordset(:rows) AS r (id uuid, webhook_id text, job_id text, "
        "received_at bigint, source text, method text, headers text, body text, signature_verdict text, outcome text, "
        "outcome_detail text, stage_reached text, duration_us bigint, replay_of uuid)",
        Path::Hot);
    QByteArrayList rows;
    for (const Delivery& delivery : deliveries) {
        rows += database::RowText()
                    .text("id", delivery.id.text)
                    .id("webhook_id", delivery.webhookId)
                    .id("job_id", delivery.jobId)
                    .number("received_at", base::toMicros(delivery.receivedAt))
                    .text("source", sourceName(delivery.source))
                    .text("method", delivery.method)
                    .utf8("headers", headersToText(delivery.headers))
                    .blob("body", delivery.body)
                    .text("signature_verdict", verdictName(delivery.verdict))
                    .text("outcome", outcomeName(delivery.outcome))
                    .text("outcome_detail", delivery.outcomeDetail)
                    .text("stage_reached", stageName(delivery.stageReached))
                    .number("duration_us", delivery.durationUs)
                    .id("replay_of", delivery.replayOf)
                    .bytes();
    }
    query.bindUtf8(":rows", '[' + rows.join(',') + ']');
    return query.execAhead();
}

Result<QList<Delivery>> WebhookRepository::findDeliveries(const QList<DeliveryId>& ids, qsizetype bodyBytes) const
{
    QList<Delivery> found;
    if (m_database.isPostgres()) {    // one wait for all of them; a length is known without its body
        auto query = m_database.prepare(
            "SELECT " DELIVERY_COLUMNS ", body FROM (SELECT delivery.*, number, sum(octet_length(body)) OVER (ORDER BY number) "
            "- octet_length(body) AS before FROM json_array_elements_text(:ids) WITH ORDINALITY AS wanted (text, number) "
            "JOIN webhook_deliveries AS delivery ON delivery.id = " UUID_OR_NULL("wanted.text") ") AS delivery "
                                                                                                "WHERE before < :bytes ORDER BY number",
            Path::Hot);
        query.bindUtf8(":ids", textOf(ids)).bind(":bytes", qint64(bodyBytes));
        auto rows = query.fetchAll(deliveryWithBody);
        if (!rows)
            return rows;
        for (qsizetype i = 0; i < rows->size() && rows->at(i).id == ids.at(i); ++i)
            found.append(rows->at(i));
        return found;
    }
    qsizetype bytes = 0;
    for (const DeliveryId& id : ids) {
        const auto delivery = findDelivery(id);
        if (!delivery)
            return errorOf(delivery);
        if (!*delivery)
            break;
        found.append(**delivery);
        bytes += (*delivery)->body.size();
        if (bytes >= bodyBytes)
            break;
    }
    return found;
}

Result<std::optional<Delivery>> WebhookRepository::findDelivery(const DeliveryId& id) const
{
    auto query = m_database.prepare("SELECT " DELIVERY_COLUMNS ", body FROM webhook_deliveries WHERE id = :id", Path::Hot);
    query.bind(":id", id);
    return query.fetchOne(deliveryWithBody);
}

Result<std::optional<DeliveryId>> WebhookRepository::missingOf(const QList<DeliveryId>& ids) const
{
#define MISSING(each, id) "SELECT value FROM " each " WHERE NOT EXISTS (SELECT 1 FROM webhook_deliveries WHERE id = " id ") LIMIT 1"
    auto query = m_database.prepare(m_database.isPostgres() ? MISSING("json_array_elements_text(:ids)", UUID_OR_NULL("value"))
                                                            : MISSING("json_each(:ids) AS wanted", "wanted.value"),
                                    Path::Hot);
#undef MISSING
    query.bindUtf8(":ids", textOf(ids));
    return query.fetchOne([](Row& row) { return row.id<DeliveryId>(); });
}

Result<std::optional<DeliveryWeight>> WebhookRepository::weightOf(const DeliveryId& id) const
{
    // Deliveries name webhooks and jobs by whatever they were sent to; on Postgres only a uuid may be looked for among uuids.
#define WEIGHT(job, webhook)                                                                                                               \
    "SELECT coalesce((SELECT " job " FROM webhooks WHERE webhooks.id = " webhook "), job_id), length(body) "                               \
    "FROM webhook_deliveries WHERE id = :id"
    auto query = m_database.prepare(m_database.isPostgres() ? WEIGHT("job_id::text", UUID_OR_NULL("webhook_id"))
                                                            : WEIGHT("job_id", "webhook_deliveries.webhook_id"),
                                    Path::Hot);
#undef WEIGHT
    query.bind(":id", id);
    return query.fetchOne([](Row& row) {
        auto job = row.optionalId<JobId>();
        return DeliveryWeight{std::move(job), row.int64()};
    });
}

Result<QList<DeliveryId>> WebhookRepository::findDeliveriesByIdPrefix(const QString& prefix, int limit) const
{
    const auto range = database::idsThatBegin(m_database.engine(), prefix);
    if (!range)
        return QList<DeliveryId>{};
    auto query = m_database.prepare("SELECT id FROM webhook_deliveries WHERE id >= :first AND id <= :last ORDER BY id LIMIT :limit");
    query.bind(":first", range->first).bind(":last", range->last).bind(":limit", limit);
    return query.fetchAll([](Row& row) { return row.id<DeliveryId>(); });
}

Result<QList<Delivery>> WebhookRepository::deliveries(const std::optional<JobId>& jobId, const std::optional<DeliveryKey>& before,
                                                      int limit) const
{
    // Two texts instead of ":job_id IS NULL OR ...": the planner must know which index serves.
    auto query =
        jobId ? m_database.prepare("SELECT " DELIVERY_COLUMNS " FROM webhook_deliveries WHERE job_id = :job_id "
                                   "AND (received_at, id) < (:received_at, :id) ORDER BY received_at DESC, id DESC LIMIT :limit",
                                   Path::Hot)
              : m_database.prepare("SELECT " DELIVERY_COLUMNS " FROM webhook_deliveries WHERE (received_at, id) < (:received_at, :id) "
                                   "ORDER BY received_at DESC, id DESC LIMIT :limit",
                                   Path::Hot);
    if (jobId)
        query.bind(":job_id", *jobId);
    query.bind(":received_at", before ? base::toMicros(before->receivedAt) : std::numeric_limits<qint64>::max());
    query.bind(":id", before ? before->id.text : u""_s).bind(":limit", limit);
    return query.fetchAll(deliveryFromRow);
}

Result<QList<Delivery>> WebhookRepository::deliveriesInOrder(const JobId& jobId, int limit) const
{
    auto query = m_database.prepare(
        "SELECT " DELIVERY_COLUMNS " FROM webhook_deliveries WHERE job_id = :job_id ORDER BY received_at, id LIMIT :limit", Path::Hot);
    query.bind(":job_id", jobId).bind(":limit", limit);
    return query.fetchAll(deliveryFromRow);
}

Result<QList<Delivery>> WebhookRepository::deliveriesWithBodies(const JobId& jobId, Outcome outcome) const
{
    auto query =
        m_database.prepare("SELECT " DELIVERY_COLUMNS ", body FROM webhook_deliveries WHERE job_id = :job_id AND outcome = :outcome "
                           "ORDER BY received_at, id",
                           Path::Hot);
    query.bind(":job_id", jobId).bind(":outcome", outcomeName(outcome));
    return query.fetchAll(deliveryWithBody);
}

Result<int> WebhookRepository::removeDeliveriesOf(const JobId& id)
{
    auto query = m_database.prepare("DELETE FROM webhook_deliveries WHERE job_id = :job_id");
    query.bind(":job_id", id);
    return query.execCounting();
}

}
