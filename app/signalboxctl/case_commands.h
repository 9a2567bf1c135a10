// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

/// `case export` and `case take`.
[[nodiscard]] Ending caseFile(Session& session, const Arguments& arguments);
/// `case show` needs no store, and makes none.
[[nodiscard]] Ending showCase(Output& output, const QString& path);

}
