// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

[[nodiscard]] Ending show(Session& session, const Arguments& arguments);
[[nodiscard]] Ending events(Session& session, const Arguments& arguments);
[[nodiscard]] Ending attempts(Session& session, const Arguments& arguments);
[[nodiscard]] Ending watch(Session& session, const Arguments& arguments);

/// Why a job does not run, in one sentence, from what the store shows.
[[nodiscard]] QString whyNotRunning(const core::backend::JobDetails& details, const core::backend::QueueState& queue, core::Time now);
/// The four steps of a cancel with their times; a step that has not happened says so.
[[nodiscard]] QList<std::pair<QString, QString>> cancelSteps(const core::backend::JobDetails& details);
[[nodiscard]] bool isAlive(const core::broker::Worker& worker, core::Time now);

}
