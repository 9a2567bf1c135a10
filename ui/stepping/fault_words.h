// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/faults.h"

#include <QString>

namespace ui {

[[nodiscard]] QString faultTitle(core::scenarios::Fault fault);       ///< on its button: "Send it twice"
[[nodiscard]] QString faultSentence(core::scenarios::Fault fault);    ///< what it does
[[nodiscard]] QString faultExpected(core::scenarios::Fault fault);    ///< what the stages make of it
/// Why a fault cannot be put there, by the error's code.
[[nodiscard]] QString faultProblem(const core::Error& error);
/// "sent twice, bad signature": a step's note as people read it; what is no fault's name stays.
[[nodiscard]] QString noteText(const QString& note);

}
