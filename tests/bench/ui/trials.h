// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/ui/report.h"

#include <functional>
#include <memory>

namespace bench {

/// What a trial is told. Each trial is a process of its own: its memory and its start are nobody else's.
struct TrialWish {
    QString store;
    double startedAtMs = 0;    ///< machineMs() as the process was asked for
    qint64 rows = 0;           ///< of the computed table, or jobs in the store
};

/// Begins a trial under a BenchApplication; `finish` is called from the event loop when it is done. Keep what is answered until then.
using Finish = std::function<void(const Report&)>;
using Trial = std::shared_ptr<void>;

/// The empty Qt window: first paint, page jumps, memory.
[[nodiscard]] Trial tryFloor(const TrialWish& wish, const Finish& finish);
/// The console to its first painted row, and its memory once it is at rest.
[[nodiscard]] Trial tryStart(const TrialWish& wish, const Finish& finish);
/// Filters, page jumps, far jumps, a fling; and the bare queries beside them.
[[nodiscard]] Trial tryList(const TrialWish& wish, const Finish& finish);
/// 1,000 changes a second with 100 rows on the screen.
[[nodiscard]] Trial tryLive(const TrialWish& wish, const Finish& finish);
/// As many webhooks as go, beside an open console, and without one.
[[nodiscard]] Trial tryWebhooksOpen(const TrialWish& wish, const Finish& finish);
[[nodiscard]] Trial tryWebhooksClosed(const TrialWish& wish, const Finish& finish);
/// A payload of 100 MB in the inspector.
[[nodiscard]] Trial tryPayload(const TrialWish& wish, const Finish& finish);

}
