// SPDX-License-Identifier: Apache-2.0
#include "core/media/containers.h"

#include <algorithm>

namespace core::media {

using namespace Qt::StringLiterals;

namespace {

const QList<Container>& containers()
{
    static const QList<Container> all{
        {u"mp4"_s, u"mp4"_s, {u"h264"_s, u"hevc"_s}, {u"aac"_s, u"mp3"_s}},
        {u"mov"_s, u"mov"_s, {u"h264"_s, u"hevc"_s}, {u"aac"_s, u"mp3"_s, u"pcm_s16le"_s}},
        {u"mkv"_s,
         u"matroska"_s,
         {u"h264"_s, u"hevc"_s, u"vp9"_s, u"vp8"_s},
         {u"aac"_s, u"mp3"_s, u"opus"_s, u"vorbis"_s, u"flac"_s, u"pcm_s16le"_s}},
        {u"webm"_s, u"webm"_s, {u"vp9"_s, u"vp8"_s}, {u"opus"_s, u"vorbis"_s}},
        {u"mp3"_s, u"mp3"_s, {}, {u"mp3"_s}},
        {u"m4a"_s, u"ipod"_s, {}, {u"aac"_s}},
        {u"wav"_s, u"wav"_s, {}, {u"pcm_s16le"_s}},
        {u"ogg"_s, u"ogg"_s, {}, {u"vorbis"_s, u"opus"_s, u"flac"_s}},
    };
    return all;
}

bool isVpx(const QString& codec)
{
    return codec == "vp9"_L1 || codec == "vp8"_L1;
}

bool hasBitrate(const QString& audioCodec)
{
    return audioCodec != "pcm_s16le"_L1 && audioCodec != "flac"_L1;
}

tl::unexpected<Error> invalid(const QString& code, const QString& field, const QString& message)
{
    return failure(ErrorKind::Invalid, code, message, field);
}

Result<void> checkCodec(const QStringList& allowed, const std::optional<QString>& codec, const QString& container, const QString& field)
{
    if (!codec || allowed.contains(*codec))
        return {};
    return invalid(u"codec_not_allowed"_s, field,
                   u"%1 cannot hold \"%2\"; it may be %3."_s.arg(container, codec->left(40), allowed.join(u", "_s)));
}

QStringList videoArguments(const QString& codec, const EncodeOptions& options)
{
    QStringList arguments;
    const auto rate = options.videoBitrateBps ? std::optional(QString::number(*options.videoBitrateBps)) : std::nullopt;
    if (codec == "h264"_L1 || codec == "hevc"_L1) {
        arguments << u"-c:v"_s << (codec == "h264"_L1 ? u"libx264"_s : u"libx265"_s) << u"-preset"_s << u"veryfast"_s;
        if (codec == "hevc"_L1)
            arguments << u"-x265-params"_s << u"log-level=error"_s;
        if (!rate)
            arguments << u"-crf"_s << QString::number(options.crf.value_or(codec == "h264"_L1 ? 21 : 25));
    } else {
        arguments << u"-c:v"_s << (codec == "vp9"_L1 ? u"libvpx-vp9"_s : u"libvpx"_s) << u"-deadline"_s << u"good"_s << u"-cpu-used"_s
                  << u"5"_s << u"-auto-alt-ref"_s << u"0"_s;
        if (codec == "vp9"_L1)
            arguments << u"-row-mt"_s << u"1"_s;
        if (!rate)    // VP8 knows quality only below a ceiling
            arguments << u"-crf"_s << QString::number(options.crf.value_or(codec == "vp9"_L1 ? 33 : 12)) << u"-b:v"_s
                      << (codec == "vp9"_L1 ? u"0"_s : u"4000000"_s);
    }
    if (rate)
        arguments << u"-b:v"_s << *rate;
    return arguments << u"-pix_fmt"_s << u"yuv420p"_s;
}

QStringList audioArguments(const QString& codec, const EncodeOptions& options)
{
    QString encoder = codec;
    QString defaultRate = u"160000"_s;
    if (codec == "mp3"_L1) {
        encoder = u"libmp3lame"_s;
        defaultRate = u"192000"_s;
    } else if (codec == "opus"_L1) {
        encoder = u"libopus"_s;
        defaultRate = u"96000"_s;
    } else if (codec == "vorbis"_L1) {
        encoder = u"libvorbis"_s;
    }
    QStringList arguments{u"-c:a"_s, encoder};
    if (options.audioBitrateBps)
        arguments << u"-b:a"_s << QString::number(*options.audioBitrateBps);
    else if (hasBitrate(codec) && codec != "vorbis"_L1)    // libvorbis refuses fixed rates that do not fit the sample rate
        arguments << u"-b:a"_s << defaultRate;
    return arguments;
}

}

Result<Container> containerNamed(const QString& name)
{
    const auto& all = containers();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Container& container) { return container.name == name; });
    if (found != all.end())
        return *found;
    QStringList names;
    for (const Container& container : all)
        names << container.name;
    return invalid(u"unknown_container"_s, u"container"_s, u"\"%1\" is none of %2."_s.arg(name.left(40), names.join(u", "_s)));
}

Result<void> checkEncoding(const Container& container, const EncodeOptions& options)
{
    if (container.video.isEmpty()) {
        if (options.videoCodec)
            return invalid(u"not_for_audio"_s, u"video_codec"_s, u"%1 holds sound alone."_s.arg(container.name));
        if (options.crf)
            return invalid(u"not_for_audio"_s, u"crf"_s, u"%1 holds sound alone."_s.arg(container.name));
        if (options.videoBitrateBps)
            return invalid(u"not_for_audio"_s, u"video_bitrate_bps"_s, u"%1 holds sound alone."_s.arg(container.name));
    }
    if (const auto ok = checkCodec(container.video, options.videoCodec, container.name, u"video_codec"_s); !ok)
        return ok;
    if (const auto ok = checkCodec(container.audio, options.audioCodec, container.name, u"audio_codec"_s); !ok)
        return ok;
    if (options.crf && options.videoBitrateBps)
        return invalid(u"contradiction"_s, u"crf"_s, u"Either crf or video_bitrate_bps, not both."_s);
    if (options.crf) {
        const int most = isVpx(options.videoCodec.value_or(container.video.first())) ? 63 : 51;
        if (*options.crf < 0 || *options.crf > most)
            return invalid(u"out_of_range"_s, u"crf"_s, u"crf must be between 0 and %1."_s.arg(most));
    }
    if (options.videoBitrateBps && (*options.videoBitrateBps < 10'000 || *options.videoBitrateBps > 200'000'000))
        return invalid(u"out_of_range"_s, u"video_bitrate_bps"_s, u"video_bitrate_bps must be between 10000 and 200000000."_s);
    if (options.audioBitrateBps) {
        const QString codec = options.audioCodec.value_or(container.audio.first());
        if (!hasBitrate(codec))
            return invalid(u"contradiction"_s, u"audio_bitrate_bps"_s, u"%1 has no bit rate to choose."_s.arg(codec));
        if (*options.audioBitrateBps < 6'000 || *options.audioBitrateBps > 640'000)
            return invalid(u"out_of_range"_s, u"audio_bitrate_bps"_s, u"audio_bitrate_bps must be between 6000 and 640000."_s);
    }
    return {};
}

QStringList encodeArguments(const Container& container, const EncodeOptions& options, bool hasVideo, bool hasAudio)
{
    QStringList arguments;
    if (hasVideo && !container.video.isEmpty()) {
        const QString codec = options.videoCodec.value_or(container.video.first());
        arguments += videoArguments(codec, options);
        if (codec == "hevc"_L1 && container.muxer != "matroska"_L1)
            arguments << u"-tag:v"_s << u"hvc1"_s;    // players of one maker know no other name for it
    }
    if (hasAudio)
        arguments += audioArguments(options.audioCodec.value_or(container.audio.first()), options);
    if (container.muxer == "mp4"_L1 || container.muxer == "mov"_L1 || container.muxer == "ipod"_L1)
        arguments << u"-movflags"_s << u"+faststart"_s;
    return arguments << u"-f"_s << container.muxer;
}

}
