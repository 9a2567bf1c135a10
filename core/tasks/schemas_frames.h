// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/payload_types.h"

namespace core::tasks {

enum class FrameMode { Interval, Timestamps, Scene, Unknown };
[[nodiscard]] std::span<const Spelling<FrameMode>> spellings(FrameMode);

enum class ImageFormat { Jpg, Png, Unknown };
[[nodiscard]] std::span<const Spelling<ImageFormat>> spellings(ImageFormat);

struct FrameExtractInput {
    QString filePath;
    std::optional<QString> outFolder;
    Word<FrameMode> mode = FrameMode::Interval;
    qint64 intervalMs = 1000;
    QList<qint64> timestampsMs;
    double sceneThreshold = 0.4;
    std::optional<qint64> width;
    Word<ImageFormat> imageFormat = ImageFormat::Jpg;
    qint64 maxFrames = 100;
    bool operator==(const FrameExtractInput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("file_path", filePath, "Storage key of the video.", Rule{.notEmpty = true});
        f.optional("out_folder", outFolder, "Folder for the frames, below the storage root.");
        f.optional("mode", mode, "Which frames: at an interval, at given times, or where the scene changes.");
        f.optional("interval_ms", intervalMs, "For mode interval: milliseconds from frame to frame.", Rule{.minimum = 1});
        f.optional("timestamps_ms", timestampsMs, "For mode timestamps: the times, milliseconds.", Rule{.minimum = 0});
        f.optional("scene_threshold", sceneThreshold, "For mode scene: how much must change, 0 to 1.", Rule{.minimum = 0, .maximum = 1});
        f.optional("width", width, "Width of the frames, pixels; the height follows.",
                   Rule{.minimum = 2, .maximum = 16384, .isEven = true});
        f.optional("image_format", imageFormat, "Format of the frames.");
        f.optional("max_frames", maxFrames, "No more frames than this.", Rule{.minimum = 1, .maximum = 10000});
    }
};

struct FrameInfo {
    QString filePath;
    qint64 timestampMs = 0;
    std::optional<qint64> width;
    std::optional<qint64> height;
    bool operator==(const FrameInfo&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("file_path", filePath, "Storage key of the picture.");
        f.required("timestamp_ms", timestampMs, "When the frame is shown, milliseconds from the beginning.");
        f.optional("width", width, "Width, pixels.");
        f.optional("height", height, "Height, pixels.");
    }
};

struct FrameExtractOutput {
    QList<FrameInfo> frames;
    std::optional<QString> framesFolder;
    bool operator==(const FrameExtractOutput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("frames", frames, "The frames, in order of time.");
        f.optional("frames_folder", framesFolder, "Storage key of the folder they are in.");
    }
};

}
