// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/run_context.h"
#include "core/media/time_span.h"

#include <QByteArrayView>
#include <QList>

#include <optional>

namespace core::media {

struct SilenceOptions {
    double noiseDb = -30;         ///< quieter than this is silence, -120 to below 0
    qint64 minSilenceMs = 500;    ///< shorter ones do not count, 10 to 600,000
    qint64 partMs = 900'000;      ///< longer sound is searched in parts: ffmpeg prints six digits, 10 ms steps past 1,000 s
};

struct Silences {
    qint64 durationMs = 0;       ///< of the whole file
    QList<TimeSpan> segments;    ///< where ALL channels are silent, in order, without overlap, within the file

    [[nodiscard]] qint64 totalMs() const;
    bool operator==(const Silences&) const = default;
};

/// Collects the lines of silencedetect from ffmpeg's log (level info or lower). Other lines are passed over, also those in which
/// a file's own title pretends.
class SilenceLog {
public:
    void line(QByteArrayView line);

    /// All spans so far, from the beginning of the part. A silence that never ended lasts to `endMs`; nothing lies outside [0, endMs].
    [[nodiscard]] QList<TimeSpan> spans(qint64 endMs) const;

private:
    QList<TimeSpan> m_spans;
    std::optional<qint64> m_open;
};

/// Errors: Invalid `out_of_range` (field noise_db or min_silence_ms), `no_audio`; those of probe and runFfmpeg.
[[nodiscard]] Result<Silences> detectSilence(const QString& path, const SilenceOptions& options, const RunContext& context);

}
