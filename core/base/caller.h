// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

namespace core::base {

/// Who acts, and over what. Every act takes one, checks it, and writes it into the journal in the act's own transaction.
struct Caller {
    QString operatorName;    ///< the person or program; never empty for an act
    QString role = QStringLiteral("operator");
    bool readOnly = false;
    QString connection;    ///< how the store was reached: "embedded", "signalboxctl", ...
};

/// Forbidden with code read_only (or caller_missing) if this caller may not change anything.
[[nodiscard]] inline Result<void> requireWrite(const Caller& caller)
{
    if (caller.operatorName.isEmpty())
        return failure(ErrorKind::Forbidden, QStringLiteral("caller_missing"), QStringLiteral("An act needs an operator's name"),
                       QStringLiteral("operator"));
    if (caller.readOnly)
        return failure(ErrorKind::Forbidden, QStringLiteral("read_only"),
                       QStringLiteral("This connection is read-only: nothing was changed"));
    return {};
}

}

namespace core {
using base::Caller;
}
