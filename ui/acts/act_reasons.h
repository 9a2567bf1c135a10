// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/filter.h"

#include <QString>

namespace ui {

class StoreSession;

/// Why nothing can be changed on this connection, in a sentence; empty if it can.
[[nodiscard]] QString whyNoAct(const StoreSession& session);
/// The same for an act on everything that matches a filter.
[[nodiscard]] QString whyNoActOnMatching(const StoreSession& session, const core::jobs::Filter& filter);

}
