// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

/// An act on every job that a filter takes: its words, which of the jobs want it, and the call.
struct ActOnMatching {
    QString verb;       ///< "cancel"
    QString done;       ///< "cancelled"
    QString leftOut;    ///< "have ended"
    core::tasks::ScopeStates states;
    core::Pending<core::tasks::BulkAnswer> (core::backend::Backend::*run)(const core::Caller&, const QList<core::JobId>&,
                                                                          const QString& reason, const core::tasks::ActControl&);
};

/// --filter, --reason, --dry-run, --yes: counts and freezes what matches, shows a sample, asks, acts with progress until the end or the
/// first interrupt, and tells what became of each.
[[nodiscard]] Ending actOnMatching(Session& session, const Arguments& arguments, const ActOnMatching& act);
/// The same on the several jobs that the operands name: each has a line in the answer, also those whose state does not want the act.
[[nodiscard]] Ending actOnNamed(Session& session, const Arguments& arguments, const ActOnMatching& act);

}
