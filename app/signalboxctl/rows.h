// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/json_writer.h"
#include "core/backend/backend.h"

namespace app {

// Rows as JSON: keys are the tables' column names, in their order.

[[nodiscard]] JsonObject jobRow(const core::jobs::JobSummary& job);
[[nodiscard]] JsonObject jobRow(const core::jobs::Job& job);    ///< with its payloads
[[nodiscard]] QByteArray eventRow(const core::jobs::JobEvent& event);
[[nodiscard]] QByteArray attemptRow(const core::jobs::JobAttempt& attempt);
[[nodiscard]] QByteArray webhookRow(const core::webhooks::Webhook& webhook);
/// `body` is text, or `body_base64` where it is no UTF-8.
[[nodiscard]] QByteArray deliveryRow(const core::webhooks::Delivery& delivery, bool withBody);
/// The artifact's columns, and its file's under `file`.
[[nodiscard]] JsonObject artifactRow(const core::files::ArtifactWithFile& artifact);
[[nodiscard]] QByteArray notificationRow(const core::notifications::Notification& notification);
[[nodiscard]] QByteArray journalRow(const core::jobs::JournalEntry& entry);
[[nodiscard]] QByteArray messageRow(const core::broker::QueueMessage& message);
[[nodiscard]] QByteArray queueRow(const core::backend::QueueState& queue);
[[nodiscard]] QByteArray findingRow(const core::backend::Finding& finding);
/// What became of a delivery: outcome, stages and the rows it wrote or would write.
[[nodiscard]] QByteArray outcomeRow(const core::tasks::WebhookOutcome& outcome);

}
