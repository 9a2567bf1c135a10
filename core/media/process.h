// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/run_context.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <functional>

namespace core::media {

/// One program to run to its end. Never a shell: the arguments arrive as they stand here.
struct ProcessSpec {
    QString program{};    ///< a name looked up on PATH, or an absolute path
    QStringList arguments{};
    QString workingFolder{};                                    ///< empty: ours
    QByteArray input{};                                         ///< standard input; empty means /dev/null
    qint64 outputCap = qint64{64} << 20;                        ///< bytes of standard output kept; more is an error
    std::function<void(QByteArrayView line)> onOutputLine{};    ///< if set, lines go here (without their end) and are not kept
    std::function<void(QByteArrayView line)> onErrorLine{};     ///< each line of standard error, kept or not
};

/// How a process ended by itself. What its exit code means is the caller's to judge.
struct ProcessEnd {
    int exitCode = -1;       ///< -1 when a signal ended it
    int signal = 0;          ///< the signal that ended it, or 0
    QByteArray output;       ///< standard output, unless it went to onOutputLine
    QByteArray errorHead;    ///< the first bytes of standard error, at most 64 KiB
    QByteArray errorTail;    ///< its last bytes, at most 16 KiB; may overlap with the head
    qint64 durationMs = 0;

    [[nodiscard]] bool isSuccess() const { return exitCode == 0 && signal == 0; }
};

/// Runs `spec` in a process group of its own, in the C locale, with the memory limit of the context and without our open
/// files, and waits for its end on the calling thread (any thread; no event loop is needed). The process dies with that thread.
///
/// A cancel, the end of the wall time or a stall stops the whole group: SIGTERM, after `politeStop` SIGKILL. Either way the process is
/// gone when this returns, and `context.ranCommand` has heard of it.
/// Errors: NotFound `tool_missing`, Internal `tool_not_started`, Cancelled `cancelled`, TimedOut `time_limit` and `tool_stalled`,
/// TooLarge `output_too_large` and `memory_limit`.
[[nodiscard]] Result<ProcessEnd> runProcess(const ProcessSpec& spec, const RunContext& context);

/// "exit code 1: <last line of standard error>", or the signal's number; cut to a length fit for an error message.
[[nodiscard]] QString describeEnd(const ProcessEnd& end);

}
