// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/arguments.h"
#include "app/signalboxctl/session.h"

namespace app {

/// Why one delivery's signature was taken or refused: claim, advice, headers, age, what was tried. A secret to try comes from standard input
/// or the environment, never from the command line, which others can read.
[[nodiscard]] Ending explainDelivery(Session& session, const Arguments& arguments);

}
