// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core::base {

/// Whether the desktop has a bus for this session. Asked first, for a library that finds none may start one of its own.
[[nodiscard]] bool hasSessionBus();

}
