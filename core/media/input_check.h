// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/run_context.h"

#include <QString>

namespace core::media {

/// A file that may be shown to ffmpeg, and as what.
struct InputFile {
    QString path;            ///< absolute
    QString forcedFormat;    ///< "png_pipe" or "jpeg_pipe" for a still by its first bytes; else empty: ffmpeg may choose from the list
    qint64 sizeBytes = 0;
};

/// Looks before any tool does. Playlists, concat scripts, SVG and the like name other files, so they are refused by their first
/// bytes here, and once more by the format whitelist of every run. Each error carries the field "file_path".
/// Errors: NotFound `file_missing`; Invalid `not_a_file`, `file_empty`, `format_not_allowed`; Forbidden `file_unreadable`;
/// TooLarge `file_too_large`.
[[nodiscard]] Result<InputFile> checkInput(const QString& path, const Limits& limits);

}
