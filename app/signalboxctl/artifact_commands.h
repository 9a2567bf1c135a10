// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

[[nodiscard]] Ending artifacts(Session& session, const Arguments& arguments);

/// A name for a new file in a folder, whatever the wished name holds: only its last component, no control or bidi characters, no leading dot,
/// at most 200 bytes; never empty. `attempt` 1 is the name itself, 2 is "name (2).ext", and so on.
[[nodiscard]] QString harmlessFileName(const QString& wished, int attempt);

}
