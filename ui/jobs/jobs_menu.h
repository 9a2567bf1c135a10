// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/job_text.h"

#include <QMenu>

#include <functional>

namespace ui {

class JobsHeader;

/// What the menus of the job list can lead to.
struct JobsMenuActs {
    std::function<void(JobFormat)> copy;
    std::function<void(const QString&)> addTerm;
    std::function<void(JobFormat, bool)> exportJobs;    ///< the second: all that match, not only the selection
    std::function<void(core::jobs::JobSort)> sort;
    std::function<void(core::jobs::SortDirection)> turn;
};

/// Copy ▸ and Export ▸, as they stand in the list's menu and in the window's.
void fillCopyMenu(QMenu* menu, const JobsMenuActs& acts);
void fillExportMenu(QMenu* menu, const JobsMenuActs& acts, qsizetype selected);
/// "Show only status:failed", "Leave out status:failed" for one cell.
void fillTermActions(QMenu* menu, const JobsMenuActs& acts, const core::jobs::JobSummary& job, JobColumn column);
/// Sort by, direction, and which columns are shown.
void fillColumnMenu(QMenu* menu, const JobsMenuActs& acts, JobsHeader* header, const JobsQuery& query);

}
