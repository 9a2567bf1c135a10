// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/models.h"

#include <array>

namespace core::scenarios {

/// What can go wrong between a worker and its job.
enum class Fault { SentTwice, Late, OldStamp, OutOfOrder, AfterCancel, BadSignature, Truncated };
inline constexpr std::array allFaults{Fault::SentTwice,   Fault::Late,         Fault::OldStamp, Fault::OutOfOrder,
                                      Fault::AfterCancel, Fault::BadSignature, Fault::Truncated};

[[nodiscard]] QString faultName(Fault fault);    ///< "sent-twice"
[[nodiscard]] std::optional<Fault> parseFault(QStringView name);
[[nodiscard]] QString whatItDoes(Fault fault);      ///< a sentence
[[nodiscard]] QString whatToExpect(Fault fault);    ///< by the seven stages (design: record_webhook_event)

struct FaultedScenario {
    Scenario scenario;     ///< what was expected of its steps is gone: it may not hold any more
    qsizetype step = 0;    ///< where the faulty delivery stands now
};

/// Why this fault cannot be put at that step (from 0); nothing if it can. Invalid: fault_step (there is no such step), fault_not_delivery,
/// fault_is_last (nothing comes after it), fault_empty_body; the field is "step".
[[nodiscard]] std::optional<Error> whyNot(const Scenario& scenario, Fault fault, qsizetype step);
/// The scenario with it; else that error.
[[nodiscard]] Result<FaultedScenario> withFault(const Scenario& scenario, Fault fault, qsizetype step);

/// Where a fault is put when nobody says where: late and out of order on the first delivery, the others on the last. None without deliveries.
[[nodiscard]] std::optional<qsizetype> usualStep(const Scenario& scenario, Fault fault);

}
