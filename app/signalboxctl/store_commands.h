// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

/// Needs no store.
[[nodiscard]] Ending schema(Output& output, const Arguments& arguments);
[[nodiscard]] Ending journal(Session& session, const Arguments& arguments);
[[nodiscard]] Ending doctor(Session& session);

}
