// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/arguments.h"
#include "app/signalboxctl/session.h"

namespace app {

/// The name under which the console knows this store as production (from its connections.json); empty if it knows no such. A store on a server is
/// known by its server and database, whoever logs in.
[[nodiscard]] QString productionName(const QString& storePath);

/// Whether to go on with an act on many. On a terminal the number is typed; elsewhere --yes says it. On a production store the console's name
/// for it is typed before the number, as in the console, and elsewhere --confirm "NAME NUMBER" says it: --yes alone does not. `question`:
/// "Cancel 12 job(s)?"; `nothing`: "Nothing was cancelled: it would be 12 job(s)". Forbidden not_confirmed.
[[nodiscard]] core::Result<void> confirmed(Session& session, const Arguments& arguments, qsizetype count, const QString& question,
                                           const QString& nothing);

}
