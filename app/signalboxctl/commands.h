// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/arguments.h"

namespace app {

enum class Command {
    Submit,
    Jobs,
    Show,
    Events,
    Attempts,
    Watch,
    Cancel,
    Resubmit,
    Deliveries,
    Replay,
    Post,
    Artifacts,
    Schema,
    Work,
    Prune,
    Queue,
    Journal,
    Presets,
    Undo,
    Step,
    Scenario,
    Case,
    Migrate,
    Doctor,
};

/// What --help says about a command, and what its arguments must look like.
struct CommandHelp {
    Command command = Command::Doctor;
    QString name;
    QString operands;    ///< "TYPE [FILE]"
    int least = 0;
    int most = 0;
    QString summary;    ///< one line
    QString more;       ///< paragraphs of the command's own help
    QList<Option> options;
};

[[nodiscard]] const QList<CommandHelp>& allCommands();
[[nodiscard]] const QList<Option>& globalOptions();
[[nodiscard]] std::optional<CommandHelp> findCommand(const QString& name);

/// The whole program's help, with the table of exit codes.
[[nodiscard]] QString programHelp();
[[nodiscard]] QString commandHelp(const CommandHelp& command);

}
