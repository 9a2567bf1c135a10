// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"
#include "core/backend/direct_backend.h"

namespace app {

/// Needs no store.
[[nodiscard]] Ending schema(Output& output, const Arguments& arguments);
[[nodiscard]] Ending journal(Session& session, const Arguments& arguments);
/// What it does is done once the store is open; it tells the version.
[[nodiscard]] Ending migrated(Session& session);
/// Needs none that can be opened: it says what is wrong with it.
[[nodiscard]] Ending doctor(Output& output, const core::backend::DirectBackendOptions& options);

}
