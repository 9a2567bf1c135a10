// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/payload_diff.h"

#include <QList>
#include <QString>

namespace ui {

/// Heading: a line across, its text in the first cell, before the rows of one table or part.
enum class DiffMark { Same, Changed, Added, Removed, Heading };

/// One row of a DiffTable: the mark in its gutter, and what its columns say (outside text; shown as one plain line each).
struct DiffRow {
    DiffMark mark = DiffMark::Same;
    QStringList cells;       ///< without the gutter
    QStringList copies{};    ///< what a copy says instead where a secret stands in the row; else empty
    bool operator==(const DiffRow&) const = default;
};

/// "~", "+", "−", or nothing.
[[nodiscard]] QString signOf(DiffMark mark);
/// "changed", "added", "removed", "the same": what a screen reader says for the sign.
[[nodiscard]] QString wordOf(DiffMark mark);

/// Path, before, after: one row for each difference. `before` and `after` are the documents, if a copy of a row must not hold what is masked
/// in them.
[[nodiscard]] QList<DiffRow> meaningRows(const QList<core::tasks::Difference>& differences, const QByteArray& before = {},
                                         const QByteArray& after = {});

}
