// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/probe_result.h"
#include "core/media/run_context.h"
#include "core/media/time_span.h"

#include <QList>
#include <QString>

namespace core::media {

struct CutFacts {
    qint64 durationMs = 0;    ///< of the output, measured
    qint64 removedMs = 0;     ///< of the input, as planned
    qint64 sizeBytes = 0;
};

/// The container (and suffix) a cut file gets: mp4 when there is a picture (h264 and aac), else wav for uncompressed or
/// lossless sound, mp3 for mp3, m4a for the rest. Cover art, subtitles, data and chapters do not survive a cut.
[[nodiscard]] QString cutContainer(const ProbeResult& facts);

/// Writes `inputPath` without its silences to `outputPath` (a temporary name in the target's folder; the suffix does not matter),
/// in the container that cutContainer names. Exact to the frame and in sync; sound alone to the millisecond. Where nothing is to
/// be removed the file is encoded all the same, so that the output is what every cut gives.
/// Whatever fails or is cancelled leaves no output. Errors: those of probe, planCut, runFfmpeg and judgeOutput; Invalid
/// `no_duration` (a live recording that does not say how long it is), `not_media` (neither picture nor sound).
[[nodiscard]] Result<CutFacts> cutSilences(const QString& inputPath, const QString& outputPath, const QList<TimeSpan>& silences,
                                           qint64 paddingMs, const RunContext& context);

}
