// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/figures.h"

namespace bench {

// Each makes its own stores below options.folder and prints, before it measures, whether its floor runs the product's statements.
[[nodiscard]] Figure submitOneByOne(const Options& options);
[[nodiscard]] Figure submitBatched(const Options& options);

/// A worker's progress: commits at NORMAL, as the product does.
[[nodiscard]] Figure webhookProgress(const Options& options);
/// A signed progress, FAILED or DONE at its webhook's address: commits at FULL.
[[nodiscard]] Figure webhookSigned(const Options& options);
[[nodiscard]] Figure webhookFailed(const Options& options);
[[nodiscard]] Figure webhookDone(const Options& options);

[[nodiscard]] Figure replay(const Options& options);
/// How long a replay through the backend is silent, and how soon a cancel ends it.
[[nodiscard]] QList<Figure> replayControl(const Options& options);
/// Jobs through the worker pool, against DONE webhooks at 100 a transaction.
[[nodiscard]] Figure drain(const Options& options);
/// The same against every statement that a drained job costs.
[[nodiscard]] Figure drainAll(const Options& options);
/// From the call of submit to the start of the actor; against a durable submit and a condition variable.
[[nodiscard]] QList<Figure> dispatch(const Options& options);

[[nodiscard]] Figure openNewStore(const Options& options);
[[nodiscard]] Figure openOldStore(const Options& options);
[[nodiscard]] QList<Figure> listPages(const Options& options);
[[nodiscard]] QList<Figure> jsonIndex(const Options& options);

}
