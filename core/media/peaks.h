// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/peaks_models.h"
#include "core/media/run_context.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace core::media {

/// Gathers samples (s16, the machine's byte order) of a sound whose length nobody knows before its end, in bounded memory: the
/// pieces double their length whenever there are too many of them.
class PeakCollector {
public:
    /// Keeps at least eight pieces for each of `buckets` once there are enough samples.
    explicit PeakCollector(int buckets);

    /// Any number of bytes; a sample may be split between two calls.
    void add(QByteArrayView bytes);
    [[nodiscard]] qint64 samples() const { return m_samples; }
    /// `buckets` pieces of equal length; fewer if there are fewer samples than that.
    [[nodiscard]] QList<Peak> pieces() const;

private:
    void take(qint16 sample);
    void halve();

    int m_buckets;
    qsizetype m_most;
    qint64 m_samplesInPiece = 1;
    qint64 m_samples = 0;
    QList<Peak> m_pieces;
    std::optional<char> m_half;    // the first byte of a sample whose second has not come
};

/// The sound of a file by one run of ffmpeg: its first audio stream, all channels mixed to one, 16,000 samples a second, gaps
/// filled with silence so that times are the file's. Runs two minutes at most.
/// Errors: Invalid `out_of_range` (buckets, 1..65,536), `no_audio`; those of probe and runProcess.
[[nodiscard]] Result<Peaks> readPeaks(const QString& path, int buckets, const RunContext& context);

}
