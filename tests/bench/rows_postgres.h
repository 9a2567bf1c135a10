// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/figures.h"

namespace bench {

// On a server of the bench's own (postgres_store.h). Floors: libpq alone, the same rows with the same durability, in as few round trips
// as libpq's pipeline allows, or one by one where the goal names the naive transaction.
[[nodiscard]] QList<Figure> pgSubmit(const Options& options);
[[nodiscard]] Figure pgSubmitBatched(const Options& options);
[[nodiscard]] QList<Figure> pgWebhook(const Options& options);
[[nodiscard]] Figure pgReplay(const Options& options);
[[nodiscard]] Figure pgDrain(const Options& options);
[[nodiscard]] Figure pgDispatch(const Options& options);
/// Pages, counts and estimates over Options::listRows jobs.
[[nodiscard]] QList<Figure> pgList(const Options& options);
/// From another process's commit to the console's being told.
[[nodiscard]] Figure pgLive(const Options& options);

}
