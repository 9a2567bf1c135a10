// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/run_context.h"

#include <QByteArray>
#include <QString>

namespace core::media {

/// A JPEG of what a video (or a still) shows at a time, `width` pixels wide (16..4096), the height following; past the end its
/// last picture. Runs half a minute at most.
/// Errors: Invalid `out_of_range` (width), `no_video`; Internal `output_missing`; those of probe and runProcess.
[[nodiscard]] Result<QByteArray> readThumbnail(const QString& path, qint64 atMs, int width, const RunContext& context);

}
