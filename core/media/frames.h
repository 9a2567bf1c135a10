// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/run_context.h"

#include <QList>
#include <QString>

#include <optional>

namespace core::media {

struct FrameOptions {
    enum class Mode { Interval, Timestamps, Scene };
    Mode mode = Mode::Interval;
    qint64 intervalMs = 1000;        ///< interval: the first frame at or after each multiple, from 0 on; 1 to 86,400,000
    QList<qint64> timestampsMs{};    ///< timestamps: the first frame at or after each; in the last frame's time, the last frame
    double sceneThreshold = 0.4;     ///< scene: the first frame, then each whose difference to its predecessor reaches it; over 0 to 1
    std::optional<int> width{};      ///< 16 to 8192; the height follows
    QString imageFormat = QStringLiteral("jpg");    ///< jpg or png
    int maxFrames = 100;                            ///< 1 to 100,000; interval and scene stop there, more timestamps are refused
};

struct Frame {
    QString name;              ///< "frame-000001.jpg", in the folder
    qint64 timestampMs = 0;    ///< the picture's own time, not the one that was asked for
    int width = 0;
    int height = 0;
    bool operator==(const Frame&) const = default;
};

/// Errors: Invalid `out_of_range`, `unknown_image_format`, `timestamps_missing`, `too_many_timestamps`, with the field.
[[nodiscard]] Result<void> checkFrames(const FrameOptions& options);

/// Writes the pictures into `folder`, which must exist and should be a fresh temporary one. Whatever fails or is cancelled leaves
/// no picture. Errors: as checkFrames; those of probe and runFfmpeg; Invalid `no_video`, `timestamp_past_end` (field
/// "/timestamps_ms/N"), Internal `output_missing`.
[[nodiscard]] Result<QList<Frame>> extractFrames(const QString& inputPath, const QString& folder, const FrameOptions& options,
                                                 const RunContext& context);

}
