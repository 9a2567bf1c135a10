// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>

namespace bench {

/// How long the bare queries of a list take on a store: prepared once, every column read, 201 rows. Milliseconds, each round one value.
struct BarePages {
    std::function<void(double)> newestFailed;
    std::function<void(double)> fromSomewhere;    ///< all jobs, from a random key on
};
void measureBarePages(const QString& store, int rounds, const BarePages& take);

}
