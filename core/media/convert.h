// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/containers.h"
#include "core/media/probe.h"
#include "core/media/run_context.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace core::media {

struct ConvertOptions {
    QString container;    ///< mp4, webm, mkv, mov, mp3, m4a, wav, ogg
    EncodeOptions encode;
    std::optional<int> width;    ///< even, 16 to 8192; one side alone keeps the shape
    std::optional<int> height;
    std::optional<double> frameRate;    ///< 1 to 240
};

struct ConvertFacts {
    QString container;
    qint64 durationMs = 0;    ///< of the output, measured
    qint64 sizeBytes = 0;
};

/// All that can be said of the options without a file. Errors: those of containerNamed and checkEncoding; Invalid
/// `out_of_range` and `not_for_audio` for width, height and frame_rate.
[[nodiscard]] Result<void> checkConvert(const ConvertOptions& options, const Limits& limits);

/// The ffmpeg line for checked options, without the program. Errors: Invalid `no_audio`, `not_media` (field file_path).
[[nodiscard]] Result<QStringList> convertArguments(const Probed& file, const QString& outputPath, const ConvertOptions& options,
                                                   const Limits& limits);

/// Writes `inputPath` as `options` say to `outputPath` (a temporary name in the target's folder; the suffix does not matter).
/// The first picture and the first sound are taken; cover art, subtitles and data are left behind.
/// Whatever fails or is cancelled leaves no output. Errors: as above, and those of probe, runFfmpeg and judgeOutput.
[[nodiscard]] Result<ConvertFacts> convert(const QString& inputPath, const QString& outputPath, const ConvertOptions& options,
                                           const RunContext& context);

}
