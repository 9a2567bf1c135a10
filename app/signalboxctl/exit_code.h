// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

namespace app {

/// What the program tells the shell; `--help` prints this table.
enum class ExitCode {
    Ok = 0,
    NotDone = 1,    ///< a job that was waited for ended otherwise than DONE, or a scenario otherwise than it says
    Usage = 2,
    NotFound = 3,
    Refused = 4,    ///< its state, the connection or a missing yes forbids it
    Invalid = 5,
    Unavailable = 6,    ///< the store, or a tool that doctor looked for
    PartlyFailed = 7,
    Internal = 8,
    Interrupted = 130,
};

[[nodiscard]] ExitCode exitCodeOf(const core::Error& error);

/// An Invalid error with code `usage`: the command line itself is wrong, so nothing was tried.
[[nodiscard]] inline tl::unexpected<core::Error> usageFailure(const QString& message, const QString& field = {})
{
    return core::failure(core::ErrorKind::Invalid, QStringLiteral("usage"), message, field);
}

}
