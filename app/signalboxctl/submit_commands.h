// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

[[nodiscard]] Ending submit(Session& session, const Arguments& arguments);
[[nodiscard]] Ending resubmit(Session& session, const Arguments& arguments);

}
