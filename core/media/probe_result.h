// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace core::media {

/// An exact fraction; 0/0 (as ffprobe writes it for sound) reads as "none".
struct Rational {
    qint64 num = 0;
    qint64 den = 1;

    [[nodiscard]] bool isPositive() const { return num > 0 && den > 0; }
    [[nodiscard]] double value() const { return den == 0 ? 0.0 : double(num) / double(den); }
    bool operator==(const Rational&) const = default;
};

struct ProbeStream {
    int index = 0;
    QString kind;     ///< "video", "audio", "subtitle", "data", "attachment"; "cover" for a picture attached to sound
    QString codec;    ///< ffmpeg's name; empty when unknown
    QString pixelFormat;
    std::optional<int> width;    ///< as stored, before rotation
    std::optional<int> height;
    Rational frameRate;           ///< the average; not positive when unknown
    Rational nominalFrameRate;    ///< ffprobe's r_frame_rate: the grid on which all time stamps fit
    int rotationDeg = 0;          ///< of the display matrix, -180..180, counterclockwise as ffprobe says it
    std::optional<int> sampleRateHz;
    std::optional<int> channels;
    QString language;    ///< the tag, such as "eng"; empty when absent or "und"
    std::optional<qint64> durationMs;
    std::optional<qint64> startTimeMs;
    std::optional<qint64> frameCount;

    bool operator==(const ProbeStream&) const = default;
};

/// What ffprobe says of a file, typed. Anything may be absent in its output, so nearly all is optional.
struct ProbeResult {
    QString formatName;                  ///< a list: "mov,mp4,m4a,3gp,3g2,mj2"
    std::optional<qint64> durationMs;    ///< the longest stream; absent for live recordings and stills
    qint64 sizeBytes = 0;
    std::optional<qint64> bitRateBps;
    std::optional<qint64> startTimeMs;
    QList<ProbeStream> streams;
    QByteArray raw;    ///< ffprobe's own JSON, byte for byte

    /// The first stream of that kind, or null. Cover art is no video.
    [[nodiscard]] const ProbeStream* first(QStringView kind) const;
    [[nodiscard]] bool isStill() const { return formatName.endsWith(QLatin1String("_pipe")); }
};

/// When an output that takes these streams (null: none) ends, counted from the file's beginning: the latest end among them, their starts
/// respected. What other streams there are (subtitles) may outlast it. Nothing for a still, or if nobody says.
[[nodiscard]] std::optional<qint64> plannedMs(const ProbeResult& facts, const QList<const ProbeStream*>& taken);
/// By how much the last of these streams begins later than the file: a container without time stamps loses that.
[[nodiscard]] qint64 lateStartMs(const ProbeResult& facts, const QList<const ProbeStream*>& taken);

/// Reads the output of `ffprobe -print_format json -show_error -show_format -show_streams`.
/// Errors: Invalid `not_media` (ffprobe reported an error, or there is no stream), Internal `probe_unreadable` (not its JSON).
[[nodiscard]] Result<ProbeResult> parseProbe(const QByteArray& json);

}
