// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

[[nodiscard]] Ending cancel(Session& session, const Arguments& arguments);
[[nodiscard]] Ending prune(Session& session, const Arguments& arguments);
[[nodiscard]] Ending queue(Session& session, const Arguments& arguments);

}
