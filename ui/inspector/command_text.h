// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace ui {

/// One program that an attempt ran, as its row keeps it.
struct CommandRun {
    QStringList arguments;    ///< program first
    std::optional<int> exitCode;
    int signal = 0;
    std::optional<qint64> durationMs;
    bool operator==(const CommandRun&) const = default;
};

/// Out of an attempt's `commands`; nothing where that is no list of commands.
[[nodiscard]] QList<CommandRun> commandsOf(const std::optional<QByteArray>& json);
/// One line that a POSIX shell runs as it stands: what needs it is in single quotes.
[[nodiscard]] QString shellLine(const QStringList& arguments);
/// The same, broken before arguments so that lines are no longer than `columns` where that can be; an option stays with its value.
[[nodiscard]] QString wrappedCommand(const QStringList& arguments, int columns);
/// "exit code 1 after 41.3 s", "ended by signal 9", or empty where nothing was kept.
[[nodiscard]] QString endOf(const CommandRun& run);
/// The program's own name, without its folder.
[[nodiscard]] QString programOf(const CommandRun& run);
/// The one that a person asks for first: the last that went wrong, else the last. Null if there is none.
[[nodiscard]] const CommandRun* tellingCommand(const QList<CommandRun>& runs);

}
