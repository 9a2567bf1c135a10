// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/rows.h"

#include "app/signalboxctl/output.h"
#include "core/base/secrets.h"

#include <QStringDecoder>

namespace app {

using namespace Qt::StringLiterals;

namespace {

template <class AnyId>
QString idText(const std::optional<AnyId>& id)
{
    return id ? id->toString() : QString();
}

/// The columns from id to current_message, which stand before the payloads.
JsonObject jobHead(const core::jobs::JobSummary& job)
{
    return JsonObject()
        .text("id", job.id.toString())
        .text("job_type", job.typeText.isEmpty() ? core::jobs::jobTypeName(job.type) : job.typeText)
        .text("status", job.statusText.isEmpty() ? core::jobs::statusName(job.status) : job.statusText)
        .number("progress_pct", job.progressPct)
        .text("current_message", job.message);
}

JsonObject withJobTail(JsonObject row, const core::jobs::JobSummary& job)
{
    return row.text("error_message", job.errorMessage)
        .text("error_code", job.errorCode)
        .text("user_id", job.userId)
        .text("project_id", job.projectId)
        .text("broker_id", job.brokerId)
        .text("dedupe_key", job.dedupeKey)
        .number("attempt", job.attempt)
        .text("retried_from", idText(job.retriedFrom))
        .time("created_at", job.createdAt)
        .time("started_at", job.startedAt)
        .time("finished_at", job.finishedAt)
        .time("updated_at", job.updatedAt)
        .time("cancel_requested_at", job.cancel.requestedAt)
        .time("cancel_broker_informed_at", job.cancel.brokerInformedAt)
        .time("cancel_acknowledged_at", job.cancel.acknowledgedAt);
}

JsonObject withBytes(JsonObject row, const QByteArray& body)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(core::base::maskedDocument(body));
    if (decoder.hasError())
        return row.text("body", {}).text("body_base64", QString::fromLatin1(body.toBase64()));
    return row.raw("body", jsonText(text));
}

QByteArray headersJson(const QList<core::webhooks::Header>& headers)
{
    QList<QByteArray> rows;
    for (const auto& header : headers)
        rows << JsonObject()
                    .raw("name", jsonText(QString::fromLatin1(header.name)))    // as the store keeps them: one byte, one character
                    .raw("value", jsonText(QString::fromLatin1(header.value)))
                    .bytes();
    return jsonArray(rows);
}

QByteArray fileRow(const core::files::File& file)
{
    return JsonObject()
        .text("id", file.id.toString())
        .text("path", file.path)
        .text("original_name", file.originalName)
        .text("mime_type", file.mimeType)
        .number("size_bytes", file.sizeBytes)
        .text("sha256", file.sha256)
        .number("duration_ms", file.durationMs)
        .payload("meta", file.meta)
        .text("user_id", file.userId)
        .time("created_at", file.createdAt)
        .bytes();
}

QByteArray workerRow(const core::broker::Worker& worker)
{
    return JsonObject()
        .text("id", worker.id)
        .text("host", worker.host)
        .number("pid", worker.pid)
        .number("threads", worker.threads)
        .text("state", worker.state)
        .text("boot_id", worker.bootId)
        .number("heartbeat_us", worker.heartbeatUs)
        .number("lease_us", worker.leaseUs)
        .time("started_at", worker.startedAt)
        .time("last_seen_at", worker.lastSeenAt)
        .bytes();
}

}

JsonObject jobRow(const core::jobs::JobSummary& job)
{
    return withJobTail(jobHead(job), job);
}

JsonObject jobRow(const core::jobs::Job& job)
{
    const auto output = job.outputData ? std::optional(core::base::maskedDocument(*job.outputData)) : std::nullopt;
    return withJobTail(jobHead(job).payload("input_data", core::base::maskedDocument(job.inputData)).payload("output_data", output), job);
}

QByteArray eventRow(const core::jobs::JobEvent& event)
{
    return JsonObject()
        .number("position", event.position)
        .text("id", event.id.toString())
        .text("job_id", event.jobId.toString())
        .number("sequence", event.sequence)
        .text("event_type", event.eventType)
        .text("status", event.statusText)
        .number("progress_pct", event.progressPct)
        .text("message", event.message)
        .payload("payload", event.payload)
        .text("event_id", event.eventId)
        .number("attempt", event.attempt)
        .number("worker_sequence", event.workerSequence)
        .text("actor", event.actor)
        .time("created_at", event.createdAt)
        .bytes();
}

QByteArray attemptRow(const core::jobs::JobAttempt& attempt)
{
    return JsonObject()
        .text("job_id", attempt.jobId.toString())
        .number("attempt", attempt.attempt)
        .text("worker", attempt.worker)
        .text("host", attempt.host)
        .number("pid", attempt.pid)
        .time("started_at", attempt.startedAt)
        .time("finished_at", attempt.finishedAt)
        .text("outcome", attempt.outcome)
        .text("error", attempt.error)
        .payload("commands", attempt.commands)
        .text("log", attempt.log ? QString::fromUtf8(*attempt.log) : QString())
        .bytes();
}

QByteArray webhookRow(const core::webhooks::Webhook& webhook)
{
    return JsonObject()
        .text("id", webhook.id.toString())
        .text("job_id", webhook.jobId.toString())
        .text("scheme", webhook.scheme)
        .flag("is_active", webhook.isActive)
        .time("created_at", webhook.createdAt)
        .bytes();
}

QByteArray deliveryRow(const core::webhooks::Delivery& delivery, bool withBody)
{
    JsonObject row;
    row.text("id", delivery.id.toString())
        .text("webhook_id", idText(delivery.webhookId))
        .text("job_id", idText(delivery.jobId))
        .time("received_at", delivery.receivedAt)
        .text("source", core::webhooks::sourceName(delivery.source))
        .text("method", delivery.method)
        .raw("headers", headersJson(delivery.headers));
    if (withBody)
        row = withBytes(row, delivery.body);
    return row.text("signature_verdict", core::webhooks::verdictName(delivery.verdict))
        .text("outcome", core::webhooks::outcomeName(delivery.outcome))
        .text("outcome_detail", delivery.outcomeDetail)
        .text("stage_reached", core::webhooks::stageName(delivery.stageReached))
        .number("duration_us", delivery.durationUs)
        .text("replay_of", idText(delivery.replayOf))
        .bytes();
}

JsonObject artifactRow(const core::files::ArtifactWithFile& artifact)
{
    return JsonObject()
        .text("id", artifact.artifact.id.toString())
        .text("job_id", artifact.artifact.jobId.toString())
        .text("file_id", idText(artifact.artifact.fileId))
        .text("kind", artifact.artifact.kind)
        .payload("meta", artifact.artifact.meta)
        .time("created_at", artifact.artifact.createdAt)
        .raw("file", artifact.file ? fileRow(*artifact.file) : "null"_ba);
}

QByteArray notificationRow(const core::notifications::Notification& notification)
{
    return JsonObject()
        .text("id", notification.id.toString())
        .text("user_id", notification.userId)
        .text("job_id", idText(notification.jobId))
        .text("kind", notification.kind)
        .text("title", notification.title)
        .text("body", notification.body)
        .payload("payload", notification.payload)
        .flag("is_read", notification.isRead)
        .time("created_at", notification.createdAt)
        .bytes();
}

QByteArray journalRow(const core::jobs::JournalEntry& entry)
{
    return JsonObject()
        .text("id", entry.id.toString())
        .text("operator", entry.operatorName)
        .text("role", entry.role)
        .text("action", entry.action)
        .text("target", entry.target)
        .text("reason", entry.reason)
        .payload("before", entry.before)
        .payload("after", entry.after)
        .text("connection", entry.connection)
        .time("created_at", entry.createdAt)
        .bytes();
}

QByteArray messageRow(const core::broker::QueueMessage& message)
{
    return JsonObject()
        .number("position", message.position)
        .text("id", message.id.toString())
        .text("queue", message.queue)
        .text("job_id", message.jobId.toString())
        .text("actor", message.actor)
        .number("crashes", message.crashes)
        .text("leased_by", message.leasedBy)
        .flag("abort", message.abort)
        .time("created_at", message.createdAt)
        .bytes();
}

QByteArray queueRow(const core::backend::QueueState& queue)
{
    QList<QByteArray> workers;
    for (const auto& worker : queue.workers)
        workers << workerRow(worker);
    return JsonObject()
        .text("queue", queue.queue)
        .flag("paused", queue.paused)
        .number("waiting", queue.waiting)
        .number("leased", queue.leased)
        .raw("workers", jsonArray(workers))
        .bytes();
}

QByteArray findingRow(const core::backend::Finding& finding)
{
    return JsonObject()
        .text("name", finding.name)
        .flag("found", finding.found)
        .flag("needed", finding.isNeeded)
        .text("detail", finding.detail)
        .bytes();
}

QByteArray outcomeRow(const core::tasks::WebhookOutcome& outcome)
{
    QList<QByteArray> fieldErrors;
    for (const auto& error : outcome.fieldErrors)
        fieldErrors << errorJson(error);
    QList<QByteArray> stages;
    for (const auto& stage : outcome.stages)
        stages << JsonObject()
                      .text("stage", core::webhooks::stageName(stage.stage))
                      .flag("passed", stage.passed)
                      .text("detail", stage.detail)
                      .bytes();
    QList<QByteArray> artifacts;
    for (const auto& artifact : outcome.artifacts)
        artifacts << artifactRow(artifact).bytes();
    return JsonObject()
        .text("delivery_id", outcome.deliveryId.toString())
        .text("job_id", idText(outcome.jobId))
        .text("outcome", core::webhooks::outcomeName(outcome.outcome))
        .text("signature_verdict", core::webhooks::verdictName(outcome.verdict))
        .text("stage_reached", core::webhooks::stageName(outcome.stageReached))
        .number("http_status", outcome.httpStatus)
        .flag("retry_later", outcome.retryLater)
        .raw("error", outcome.error ? errorJson(*outcome.error) : "null"_ba)
        .raw("field_errors", jsonArray(fieldErrors))
        .raw("stages", jsonArray(stages))
        .raw("before", outcome.before ? jobRow(*outcome.before).bytes() : "null"_ba)
        .raw("after", outcome.after ? jobRow(*outcome.after).bytes() : "null"_ba)
        .raw("event", outcome.event ? eventRow(*outcome.event) : "null"_ba)
        .raw("artifacts", jsonArray(artifacts))
        .raw("notification", outcome.notification ? notificationRow(*outcome.notification) : "null"_ba)
        .raw("files_to_write", jsonTexts(outcome.filesToWrite))
        .bytes();
}

}
