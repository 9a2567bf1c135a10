// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/payload_types.h"

namespace core::tasks {

enum class StreamKind { Video, Audio, Subtitle, Data, Attachment, Unknown };
[[nodiscard]] std::span<const Spelling<StreamKind>> spellings(StreamKind);

enum class Container { Mp4, Webm, Mkv, Mov, Mp3, M4a, Wav, Ogg, Unknown };
[[nodiscard]] std::span<const Spelling<Container>> spellings(Container);

inline constexpr const char* videoCodecs[] = {"h264", "h265", "vp8", "vp9", "av1", "mpeg4"};
inline constexpr const char* audioCodecs[] = {"aac", "mp3", "opus", "vorbis", "flac", "pcm_s16le"};

struct FormatInfo {
    std::optional<QString> name;
    std::optional<qint64> durationMs;    ///< a still picture and a live recording have none
    std::optional<qint64> sizeBytes;
    std::optional<qint64> bitRateBps;
    bool operator==(const FormatInfo&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.optional("name", name, "Container, as ffprobe names it.");
        f.optional("duration_ms", durationMs, "Length, milliseconds.");
        f.optional("size_bytes", sizeBytes, "Size of the file, bytes.");
        f.optional("bit_rate_bps", bitRateBps, "Bits a second over all streams.");
    }
};

struct StreamInfo {
    qint64 index = 0;
    Word<StreamKind> kind = StreamKind::Unknown;
    std::optional<QString> codec;
    std::optional<qint64> width;
    std::optional<qint64> height;
    std::optional<double> frameRate;
    std::optional<qint64> rotationDeg;
    std::optional<qint64> sampleRateHz;
    std::optional<qint64> channels;
    std::optional<QString> language;
    std::optional<qint64> durationMs;
    bool operator==(const StreamInfo&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("index", index, "Number of the stream in the file.");
        f.required("kind", kind, "What the stream carries.");
        f.optional("codec", codec, "Codec, as ffprobe names it.");
        f.optional("width", width, "Width as stored, pixels.");
        f.optional("height", height, "Height as stored, pixels.");
        f.optional("frame_rate", frameRate, "Frames a second, on average.");
        f.optional("rotation_deg", rotationDeg, "Rotation a player applies, degrees.");
        f.optional("sample_rate_hz", sampleRateHz, "Samples a second.");
        f.optional("channels", channels, "Number of audio channels.");
        f.optional("language", language, "Language tag of the stream.");
        f.optional("duration_ms", durationMs, "Length of the stream, milliseconds.");
    }
};

struct MediaProbeInput {
    QString filePath;
    bool operator==(const MediaProbeInput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("file_path", filePath, "Storage key of the file to look at.", Rule{.notEmpty = true});
    }
};

struct MediaProbeOutput {
    FormatInfo format;
    QList<StreamInfo> streams;
    RawJson raw;
    bool operator==(const MediaProbeOutput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("format", format, "The file as a whole.");
        f.required("streams", streams, "Its streams, in the order of the file.");
        f.optional("raw", raw, "What ffprobe itself wrote.");
    }
};

struct MediaConvertInput {
    QString filePath;
    std::optional<QString> outFolder;
    Word<Container> container = Container::Mp4;
    std::optional<QString> videoCodec;
    std::optional<QString> audioCodec;
    std::optional<qint64> width;
    std::optional<qint64> height;
    std::optional<double> frameRate;
    std::optional<qint64> crf;
    std::optional<qint64> videoBitrateBps;
    std::optional<qint64> audioBitrateBps;
    bool operator==(const MediaConvertInput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        const Rule side{.minimum = 2, .maximum = 16384, .isEven = true};
        f.required("file_path", filePath, "Storage key of the file to convert.", Rule{.notEmpty = true});
        f.optional("out_folder", outFolder, "Folder for the result, below the storage root.");
        f.required("container", container, "Container of the result.");
        f.optional("video_codec", videoCodec, "Video codec; without it the container's usual one.", Rule{.oneOf = videoCodecs});
        f.optional("audio_codec", audioCodec, "Audio codec; without it the container's usual one.", Rule{.oneOf = audioCodecs});
        f.optional("width", width, "Width of the result, pixels; with one side given the other follows.", side);
        f.optional("height", height, "Height of the result, pixels; with one side given the other follows.", side);
        f.optional("frame_rate", frameRate, "Frames a second of the result.", Rule{.above = 0, .maximum = 240});
        f.optional("crf", crf, "Constant quality: lower is better and larger.", Rule{.minimum = 0, .maximum = 63});
        f.optional("video_bitrate_bps", videoBitrateBps, "Video bits a second.", Rule{.minimum = 1});
        f.optional("audio_bitrate_bps", audioBitrateBps, "Audio bits a second.", Rule{.minimum = 1});
    }
};

struct MediaConvertOutput {
    QString filePath;
    std::optional<Word<Container>> container;
    std::optional<qint64> durationMs;
    std::optional<qint64> sizeBytes;
    bool operator==(const MediaConvertOutput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("file_path", filePath, "Storage key of the converted file.", Rule{.notEmpty = true});
        f.optional("container", container, "Container of the result.");
        f.optional("duration_ms", durationMs, "Length of the result, milliseconds.");
        f.optional("size_bytes", sizeBytes, "Size of the result, bytes.");
    }
};

}
