// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace core::database {

/// A statement as Postgres takes it: `:name` has become `$n`, the same n wherever a name comes again.
struct NumberedSql {
    QByteArray text;
    QByteArrayList names;    ///< with their colons; names[0] is $1
};

/// Leaves string constants, quoted names, comments and casts (`::`) as they are.
[[nodiscard]] NumberedSql numberedSql(const char* sql);

}
