// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace core::media {

/// What a file may be converted to. The first codec of each list is the default.
struct Container {
    QString name;         ///< also the file's suffix: mp4, webm, mkv, mov, mp3, m4a, wav, ogg
    QString muxer;        ///< as -f takes it
    QStringList video;    ///< codecs it may hold; none: sound alone
    QStringList audio;
};

/// What to encode with. Absent: a sensible default for the codec.
struct EncodeOptions {
    std::optional<QString> videoCodec;        ///< h264, hevc, vp9, vp8
    std::optional<QString> audioCodec;        ///< aac, mp3, opus, vorbis, flac, pcm_s16le
    std::optional<int> crf;                   ///< 0-51 for h264 and hevc, 0-63 for vp8 and vp9; not together with a bit rate
    std::optional<qint64> videoBitrateBps;    ///< 10,000 to 200,000,000
    std::optional<qint64> audioBitrateBps;    ///< 6,000 to 640,000; not for pcm_s16le and flac
};

/// Errors: Invalid `unknown_container`, field container.
[[nodiscard]] Result<Container> containerNamed(const QString& name);

/// Refuses what the container cannot hold and numbers out of range, naming the field. Errors: Invalid `codec_not_allowed`,
/// `out_of_range`, `not_for_audio`, `contradiction`.
[[nodiscard]] Result<void> checkEncoding(const Container& container, const EncodeOptions& options);

/// The encoder part of an ffmpeg line, for options that passed checkEncoding. Built from names and numbers of ours only.
[[nodiscard]] QStringList encodeArguments(const Container& container, const EncodeOptions& options, bool hasVideo, bool hasAudio);

}
