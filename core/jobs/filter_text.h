// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace core::jobs {

/// A-Z become a-z, everything else stays: what lower() does in SQLite, and in Postgres under the C collation.
[[nodiscard]] QString asciiLower(QStringView text);
/// `*` takes any text, also none; everything else is literal. Exact in case: lower both before.
[[nodiscard]] bool matchesPattern(QStringView text, QStringView pattern);
/// A finite decimal number, such as JSON spells them.
[[nodiscard]] std::optional<double> numberIn(const QString& text);

}
