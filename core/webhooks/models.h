// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "core/base/page.h"
#include "core/base/time.h"

#include <QByteArray>
#include <QList>

#include <chrono>
#include <optional>

namespace core::webhooks {

/// How far a signature's time stamp may be from the receipt, either way: Standard Webhooks' reference libraries.
inline constexpr std::chrono::seconds signatureTolerance{300};

/// The address that a job's worker reports to. Its secret is derived (signature.h), so no row holds one.
struct Webhook {
    WebhookId id;
    JobId jobId;
    QString scheme = QStringLiteral("standard-v1");
    bool isActive = true;
    Time createdAt{};
    bool operator==(const Webhook&) const = default;
};

struct Header {
    QByteArray name;
    QByteArray value;
    bool operator==(const Header&) const = default;
};

/// Where a delivery came from. Worker: this process's own or a signed POST; Manual: a person's `post`; Replay: a stored one again.
enum class Source { Worker, Render, Replay, Manual };
enum class Verdict { NotChecked, Valid, Missing, Malformed, Wrong, TooOld, TooNew };
enum class Outcome { Applied, IgnoredTerminal, Duplicate, Stale, Rejected };
/// How far a delivery came (design: the stages). Notify means that it went all the way.
enum class Stage { Receive, LoadAndValidate, Ignore, ApplyStatus, AppendEvent, DoneHooks, Notify };

[[nodiscard]] QString sourceName(Source source);       ///< "worker"
[[nodiscard]] QString verdictName(Verdict verdict);    ///< "not_checked"
[[nodiscard]] QString outcomeName(Outcome outcome);    ///< "ignored_terminal"
[[nodiscard]] QString stageName(Stage stage);          ///< "apply_status"
[[nodiscard]] Source parseSource(QStringView text);
[[nodiscard]] Verdict parseVerdict(QStringView text);
[[nodiscard]] Outcome parseOutcome(QStringView text);
[[nodiscard]] Stage parseStage(QStringView text);

/// One received call, kept as it came. Signature headers are kept; authorization headers are masked before this is written.
struct Delivery {
    DeliveryId id;
    std::optional<WebhookId> webhookId;
    std::optional<JobId> jobId;
    Time receivedAt{};
    Source source = Source::Worker;
    QString method = QStringLiteral("POST");
    QList<Header> headers;
    QByteArray body;    ///< bytes as received; empty in lists
    Verdict verdict = Verdict::NotChecked;
    Outcome outcome = Outcome::Rejected;
    QString outcomeDetail;
    Stage stageReached = Stage::Receive;
    qint64 durationUs = 0;
    std::optional<DeliveryId> replayOf;
    bool operator==(const Delivery&) const = default;
};

/// Which deliveries a list shows, newest first; what is not set narrows nothing.
struct DeliveryRequest {
    std::optional<Outcome> outcome{};
    std::optional<Verdict> verdict{};
    std::optional<Source> source{};
    std::optional<JobId> job{};
    std::optional<PageKey> after{};    ///< (received_at, id) of the last row that is known
    int limit = 100;                   ///< held within 1..maxListRows
};
using DeliveryPage = PageOf<Delivery>;

/// How many deliveries one page looks at for those that fit; then it comes back short, with `next` set.
inline constexpr int deliveryScanCeiling = 50'000;

/// The first header of that name (case-insensitive); empty if there is none.
[[nodiscard]] QByteArray headerValue(const QList<Header>& headers, QByteArrayView name);
[[nodiscard]] int headerCount(const QList<Header>& headers, QByteArrayView name);

}
