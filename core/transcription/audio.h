// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/probe.h"
#include "core/media/progress.h"
#include "core/media/run_context.h"

#include <QString>

#include <vector>

namespace core::transcription {

inline constexpr int sampleRate = 16'000;
inline constexpr int samplesPerFrame = sampleRate / 100;    // 10 ms

/// The sound of a media file as raw 16 kHz mono signed 16-bit samples in a file: two hours are 230 MB, too much for memory.
class Samples {
public:
    /// Decodes the first audio stream with ffmpeg to `path`, which the caller removes. Sample 0 is the beginning of the file, also when its sound starts later.
    /// Errors: Invalid `no_audio`; those of media::runProcess and media::toolError.
    [[nodiscard]] static Result<Samples> decode(const media::Probed& file, const QString& path, media::ProgressMeter& progress,
                                                const media::RunContext& context);

    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] qint64 durationMs() const { return m_count * 1000 / sampleRate; }

    /// Fails with Internal `samples_unreadable`.
    [[nodiscard]] Result<std::vector<qint16>> read(qint64 first, qint64 count) const;

    /// The level of each whole frame of 10 ms, see levelOf().
    [[nodiscard]] Result<std::vector<float>> levels() const;

private:
    QString m_path;
    qint64 m_count = 0;
};

}
