// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

[[nodiscard]] Ending presets(Session& session, const Arguments& arguments);
/// Takes back what one journal entry tells of, where that has an inverse.
[[nodiscard]] Ending undo(Session& session, const Arguments& arguments);

}
