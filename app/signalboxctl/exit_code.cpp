// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/exit_code.h"

namespace app {

using core::ErrorKind;
using namespace Qt::StringLiterals;

ExitCode exitCodeOf(const core::Error& error)
{
    if (error.code == u"usage"_s)
        return ExitCode::Usage;
    switch (error.kind) {
    case ErrorKind::Invalid:
    case ErrorKind::Malformed:
    case ErrorKind::TooLarge: return ExitCode::Invalid;
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::Conflict: return ExitCode::Refused;
    case ErrorKind::NotFound: return ExitCode::NotFound;
    case ErrorKind::Unavailable:
    case ErrorKind::TimedOut: return ExitCode::Unavailable;
    case ErrorKind::Cancelled: return ExitCode::Interrupted;
    case ErrorKind::Internal: return ExitCode::Internal;
    }
    Q_UNREACHABLE();
}

}
