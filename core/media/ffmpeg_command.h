// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/media/input_check.h"
#include "core/media/process.h"
#include "core/media/run_context.h"

#include <QByteArray>
#include <QStringList>

#include <chrono>

namespace core::media {

/// The start of every ffmpeg line: no standard input, no banner, errors only. `logLevel` as ffmpeg's -v takes it.
[[nodiscard]] QStringList ffmpegHead(const QString& logLevel = QStringLiteral("error"));

/// What stands before and with `-i`: protocols and formats by allow list, the pixel limit, and the file as "file:" and its
/// absolute path, so that no name is taken for an option or an address. Also right for ffprobe.
[[nodiscard]] QStringList inputArguments(const InputFile& input, const Limits& limits);

/// `-progress` on standard output, four times a second, for ProgressReader.
[[nodiscard]] QStringList progressArguments();

/// An output as ffmpeg takes any name: "file:" and the absolute path.
[[nodiscard]] QString fileArgument(const QString& path);

/// Seconds with a full stop and six digits, whatever the locale.
[[nodiscard]] QString secondsText(std::chrono::microseconds time);

/// The error of an ffmpeg or ffprobe run that failed on `path`, told from the text it left: Unavailable `disk_full`,
/// TooLarge `too_many_pixels`, Invalid `format_not_allowed`, `not_media`, `no_decoder` or, when nothing is recognised, `ffmpeg_failed`.
[[nodiscard]] Error toolError(const ProcessEnd& end, const QString& program, const QString& path);

}
