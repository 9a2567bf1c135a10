// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/arguments.h"
#include "app/signalboxctl/exit_code.h"
#include "app/signalboxctl/output.h"
#include "app/signalboxctl/wakeups.h"
#include "core/backend/backend.h"

namespace app {

/// What every command works with.
struct Session {
    core::backend::Backend& backend;
    core::Caller caller;
    Output& output;
    Wakeups& wakeups;
    bool isOnServer = false;    ///< others work on the store too, and its workers are theirs
    QString storagePath;
    QString production;    ///< the console's name for this store where it is a production one; else empty
    core::Clock now = core::base::systemNow;
};

/// How a command ends: with a code, or with the error that says why not.
using Ending = core::Result<ExitCode>;

/// The job an operand names by its beginning.
[[nodiscard]] inline core::Result<core::JobId> jobOperand(Session& session, const Arguments& arguments)
{
    return session.backend.resolveJobId(arguments.operands().value(0)).wait();
}

/// An act wants more of an id than a look does: a slip of the hand must not hit whatever row there happens to be.
template <class AnyId>
[[nodiscard]] core::Result<AnyId> forAnAct(core::Result<AnyId> found, const QString& beginning)
{
    constexpr qsizetype fewest = 6;
    if (found && beginning.size() < fewest && found->text != beginning)
        return core::failure(
            core::ErrorKind::Invalid, QStringLiteral("id_too_short"),
            QStringLiteral("\"%1\" is too short for an act: give %2 characters of the id, or all of it").arg(beginning).arg(fewest),
            QStringLiteral("id"));
    return found;
}

/// Short enough that it is seen at once, by people's measure.
inline constexpr std::chrono::milliseconds pollInterval{200};

}
