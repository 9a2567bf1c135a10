// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/direct_backend.h"

namespace core::backend {

/// Looks for everything the core needs on this machine and says what to install. Starts programs: takes a second or two.
[[nodiscard]] QList<Finding> examine(const DirectBackendOptions& options);

}
