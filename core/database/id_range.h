// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"

#include <QString>

#include <optional>

namespace core::database {

/// Ids from `first` to `last`, both included.
struct IdRange {
    QString first;
    QString last;
};

/// The ids that begin with `prefix`, so that the index on ids serves. Nothing where no id of that engine can begin so: Postgres holds
/// uuids, spelled in lower case with hyphens; SQLite holds whatever text was written.
[[nodiscard]] std::optional<IdRange> idsThatBegin(Engine engine, const QString& prefix);

}
