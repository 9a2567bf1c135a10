// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/media/input_check.h"
#include "core/media/probe_result.h"
#include "core/media/run_context.h"

namespace core::media {

/// A file that was looked at: how to show it to ffmpeg, and what is in it.
struct Probed {
    InputFile input;
    ProbeResult facts;
};

/// Checks the file, then runs ffprobe. Errors: those of checkInput, runProcess, parseProbe and toolError.
[[nodiscard]] Result<Probed> probe(const QString& path, const RunContext& context);

/// An output is done only if it can be read and is as long as planned; the exit code alone says neither.
/// `plannedMs` empty: any length over 0. Errors: Internal `output_missing`, `output_unreadable`, Invalid `output_incomplete`.
[[nodiscard]] Result<ProbeResult> judgeOutput(const QString& path, std::optional<qint64> plannedMs, qint64 toleranceMs,
                                              const RunContext& context);

}
