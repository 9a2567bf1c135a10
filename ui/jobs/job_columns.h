// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QList>
#include <QString>

#include <limits>
#include <optional>

namespace ui {

/// The columns of the job list in the order they have before a person moves them. The names in job_columns.cpp are what layouts are
/// saved by: columns may be added and reordered here, a name never changes.
enum class JobColumn { Status, Type, Progress, Created, Took, Owner, Message, Updated, Project, Attempt, Id, ErrorCode };
inline constexpr int jobColumnCount = 12;

/// What stands in a cell beside its words, at a body text of 13 px.
inline constexpr int cellPadding = 8;
inline constexpr int firstCellPadding = 12;    ///< of the column that stands first, before it
inline constexpr int statusIcon = 16;
inline constexpr int statusGap = 5;            ///< from the icon to the word

struct JobColumnFacts {
    QString name;             ///< stable: "created"
    QString title;            ///< translated
    QString explanation;      ///< translated, a sentence for the header's tooltip
    int width = 0;            ///< at a body text of 13 px
    bool isShown = true;      ///< before a person chooses
    bool isNumber = false;    ///< right-aligned, tabular digits
    std::optional<core::jobs::JobSort> sort{};
};

[[nodiscard]] JobColumnFacts factsOf(JobColumn column);
/// In pixels of the body text of now, before a person chooses; each status of ours fits whatever the font.
[[nodiscard]] int defaultWidth(JobColumn column);
[[nodiscard]] QList<JobColumn> allJobColumns();
[[nodiscard]] JobColumn columnOfSort(core::jobs::JobSort sort);

/// What a list is of: which jobs, in which order.
struct JobsQuery {
    core::jobs::Filter filter{core::jobs::FilterGroup{}};
    core::jobs::JobSort sort = core::jobs::JobSort::Created;
    core::jobs::SortDirection direction = core::jobs::SortDirection::NewestFirst;
    friend bool operator==(const JobsQuery&, const JobsQuery&) = default;
};

/// Whether the list's axis is time: then the gutter beside it has labels.
[[nodiscard]] bool isTimeSort(core::jobs::JobSort sort);
/// The place of a row that has no value in the column of the sort.
inline constexpr qint64 noPlace = std::numeric_limits<qint64>::min();
/// The value of a key at that place.
[[nodiscard]] std::optional<qint64> keyValue(qint64 place);
/// Where a row stands on the axis of the sort, in microseconds (since 1970; of a span its length).
[[nodiscard]] qint64 sortMicros(const core::jobs::JobSummary& job, core::jobs::JobSort sort);
/// The key before every row that has that place, whatever its id, in a list of that direction.
[[nodiscard]] core::jobs::JobKey keyBefore(qint64 micros, core::jobs::SortDirection direction);
/// The key beyond the last row of any list of that direction.
[[nodiscard]] core::jobs::JobKey keyBeyondEnd(core::jobs::SortDirection direction);
}
