// SPDX-License-Identifier: Apache-2.0
#include "core/media/ffmpeg_command.h"

#include <QFileInfo>

#include <csignal>

namespace core::media {

using namespace Qt::StringLiterals;

QStringList ffmpegHead(const QString& logLevel)
{
    return {u"-nostdin"_s, u"-hide_banner"_s, u"-v"_s, logLevel, u"-nostats"_s, u"-y"_s};
}

QStringList inputArguments(const InputFile& input, const Limits& limits)
{
    // Demuxers that read one file and nothing else. image2 is left out: it opens whatever an extension names.
    static const auto formats = u"mov,matroska,webm,mp3,wav,ogg,flac,aac,avi,mpegts,mpeg,flv,asf,aiff,amr,caf,gif"_s;
    QStringList arguments{u"-protocol_whitelist"_s, u"file,crypto,data"_s, u"-format_whitelist"_s,
                          input.forcedFormat.isEmpty() ? formats : input.forcedFormat};
    if (!input.forcedFormat.isEmpty())
        arguments << u"-f"_s << input.forcedFormat;
    arguments << u"-max_pixels"_s << QString::number(limits.pixels) << u"-i"_s << fileArgument(input.path);
    return arguments;
}

QStringList progressArguments()
{
    return {u"-progress"_s, u"pipe:1"_s, u"-stats_period"_s, u"0.25"_s};
}

QString fileArgument(const QString& path)
{
    return u"file:"_s + QFileInfo(path).absoluteFilePath();
}

QString secondsText(std::chrono::microseconds time)
{
    return QString::number(double(time.count()) / 1e6, 'f', 6);
}

Error toolError(const ProcessEnd& end, const QString& program, const QString& path)
{
    const auto said = [&](const char* phrase) { return end.errorHead.contains(phrase) || end.errorTail.contains(phrase); };
    const QString detail = QString::fromUtf8(end.errorTail);
    const auto blameInput = [&](ErrorKind kind, const QString& code, const QString& why) {
        return Error{kind, code, u"\"%1\" %2."_s.arg(path, why), u"file_path"_s, detail};
    };
    if (said("No space left on device") || said("Disk quota exceeded") || said("File too large") || end.signal == SIGXFSZ)
        return {ErrorKind::Unavailable, u"disk_full"_s, u"%1 could not write its output: the disk is full."_s.arg(program), {}, detail};
    if (said("exceeds specified max pixel count"))
        return blameInput(ErrorKind::TooLarge, u"too_many_pixels"_s, u"has pictures larger than the pixel limit"_s);
    if (said("Format not on whitelist") || said("not on whitelist"))
        return blameInput(ErrorKind::Invalid, u"format_not_allowed"_s, u"is a playlist, or of a format that is not accepted"_s);
    if (said("Invalid data found when processing input") || said("could not find codec parameters"))
        return blameInput(ErrorKind::Invalid, u"not_media"_s, u"holds no media that can be read, or is damaged"_s);
    if (said("Decoder (codec") || said("Unknown decoder"))
        return blameInput(ErrorKind::Invalid, u"no_decoder"_s, u"has a codec that this ffmpeg cannot read"_s);
    return {ErrorKind::Invalid, u"ffmpeg_failed"_s, u"%1 failed on \"%2\": %3."_s.arg(program, path, describeEnd(end)), {}, detail};
}

}
