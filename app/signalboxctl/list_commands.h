// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

[[nodiscard]] Ending jobs(Session& session, const Arguments& arguments);

/// The table of a list of jobs: whole ids, short facts, the message last.
[[nodiscard]] QStringList jobTable(const QList<core::jobs::JobSummary>& jobs, core::Time now, std::optional<int> width);

}
