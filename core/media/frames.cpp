// SPDX-License-Identifier: Apache-2.0
#include "core/media/frames.h"

#include "core/media/ffmpeg_command.h"
#include "core/media/image_size.h"
#include "core/media/probe.h"
#include "core/media/progress.h"

#include <QDir>
#include <QFile>

#include <cmath>

namespace core::media {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

tl::unexpected<Error> invalid(const QString& code, const QString& field, const QString& message)
{
    return failure(ErrorKind::Invalid, code, message, field);
}

QString pictureName(qsizetype number, const QString& format)
{
    return u"frame-%1.%2"_s.arg(number, 6, 10, QChar(u'0')).arg(format);
}

/// Makes the picture's own time show on standard output: "frame:0    pts:40000   pts_time:0.04", in microseconds by settb.
/// (pts_time alone has six digits: too few past a thousand seconds.)
QString pictureFilters(const QString& choice, const FrameOptions& options)
{
    QStringList filters;
    if (!choice.isEmpty())
        filters << choice;
    if (options.width)
        filters << u"scale=%1:-2"_s.arg(*options.width);
    filters << u"settb=AVTB"_s << u"metadata=mode=add:key=signalbox:value=1"_s << u"metadata=mode=print:key=signalbox:direct=1:file=-"_s;
    return filters.join(u',');
}

std::optional<std::chrono::microseconds> timeIn(QByteArrayView line)
{
    constexpr QByteArrayView key = " pts:";
    if (!line.startsWith("frame:"))
        return {};
    const qsizetype at = line.indexOf(key);
    if (at < 0)
        return {};
    QByteArray number = line.sliced(at + key.size()).toByteArray();
    number.truncate(std::max<qsizetype>(0, number.indexOf(' ')));
    bool ok = false;
    const qint64 micros = number.toLongLong(&ok);
    if (!ok)
        return {};
    return std::chrono::microseconds(micros);
}

qint64 toMs(std::chrono::microseconds time)
{
    return std::chrono::round<milliseconds>(time).count();
}

/// One job's runs of ffmpeg into one folder. Unless released, its pictures go with it.
class FrameExtraction {
public:
    FrameExtraction(const Probed& file, const ProbeStream& video, const QString& folder, const FrameOptions& options,
                    const RunContext& context)
        : m_file(file), m_video(video), m_folder(folder), m_options(options), m_context(context), m_meter(context)
    {
    }
    Q_DISABLE_COPY_MOVE(FrameExtraction)

    ~FrameExtraction()
    {
        if (m_released)
            return;
        const QDir folder(m_folder);
        for (const QString& name : folder.entryList({u"frame-??????*.%1"_s.arg(m_options.imageFormat)}, QDir::Files))
            QFile::remove(folder.filePath(name));
    }

    Result<QList<Frame>> run()
    {
        auto frames = m_options.mode == FrameOptions::Mode::Timestamps ? atTimestamps() : chosen();
        if (frames) {
            m_released = true;
            m_meter.finish();
        }
        return frames;
    }

private:
    /// The frames of one pass through the whole file.
    Result<QList<Frame>> chosen()
    {
        QString choice;
        if (m_options.mode == FrameOptions::Mode::Scene) {
            // "Reaches", so a hair below: red to blue scores exactly 0.4, and "exactly" is a matter of rounding.
            choice = u"select='isnan(prev_selected_t)+gte(scene,%1)'"_s.arg(QString::number(m_options.sceneThreshold - 1e-5, 'f', 6));
        } else {
            // The first frame behind each mark. Half a millisecond forgives time bases that do not hit the mark (1/90000, 1/1000).
            const QString seconds = secondsText(milliseconds(m_options.intervalMs));
            choice = u"select='isnan(prev_t)+gt(floor((t+0.0005)/%1),floor((prev_t+0.0005)/%1))'"_s.arg(seconds);
        }
        ProgressReader reader(m_meter, milliseconds(m_file.facts.durationMs.value_or(0)));
        QList<std::chrono::microseconds> times;
        auto output = QStringList{u"-frames:v"_s, QString::number(m_options.maxFrames), u"-start_number"_s, u"1"_s,
                                  u"frame-%06d.%1"_s.arg(m_options.imageFormat)};
        if (const auto ran = ffmpeg({}, choice, output, reader, times); !ran)
            return errorOf(ran);
        QList<Frame> frames;
        for (qsizetype i = 0; i < times.size() && i < m_options.maxFrames; ++i) {
            auto frame = measured(i + 1, toMs(times[i]));
            if (!frame)    // ffmpeg announces a frame or two more than it may write
                break;
            frames << *frame;
        }
        if (frames.isEmpty())
            return failure(ErrorKind::Internal, u"output_missing"_s, u"ffmpeg ended well but wrote no picture."_s);
        return frames;
    }

    /// One short run for each: seeking is exact, and fast also in long files.
    Result<QList<Frame>> atTimestamps()
    {
        QList<Frame> frames;
        for (qsizetype i = 0; i < m_options.timestampsMs.size(); ++i) {
            const qint64 askedMs = m_options.timestampsMs[i];
            const auto frame = at(askedMs, i);
            if (!frame)
                return errorOf(frame);
            frames << *frame;
            m_meter.set(double(i + 1) / double(m_options.timestampsMs.size()));
        }
        return frames;
    }

    Result<Frame> at(qint64 askedMs, qsizetype index)
    {
        const auto durationMs = m_video.durationMs ? m_video.durationMs : m_file.facts.durationMs;
        const auto pastEnd = [&] {
            return invalid(u"timestamp_past_end"_s, u"/timestamps_ms/%1"_s.arg(index),
                           u"timestamps_ms[%1] is %2 ms, past the end of the picture%3."_s.arg(index).arg(askedMs).arg(
                               durationMs ? u" at %1 ms"_s.arg(*durationMs) : QString()));
        };
        if (durationMs && askedMs >= *durationMs)
            return pastEnd();
        const auto found = first(askedMs, index + 1);
        if (found || found.error().code != "output_missing"_L1)
            return found;
        // Within the last frame's own time nothing begins any more: then it is the frame that shows.
        const auto last = lastBefore(askedMs, index + 1);
        if (!last && last.error().code == "output_missing"_L1)
            return pastEnd();
        return last;
    }

    Result<Frame> first(qint64 fromMs, qsizetype number)
    {
        QList<std::chrono::microseconds> times;
        ProgressReader silent(m_silent, milliseconds(0));
        const QStringList output{u"-frames:v"_s, u"1"_s, u"-update"_s, u"1"_s, pictureName(number, m_options.imageFormat)};
        if (const auto ran = ffmpeg({u"-ss"_s, secondsText(milliseconds(fromMs))}, {}, output, silent, times); !ran)
            return errorOf(ran);
        return times.isEmpty() ? measured(number, 0) : measured(number, fromMs + toMs(times.first()));
    }

    Result<Frame> lastBefore(qint64 askedMs, qsizetype number)
    {
        QList<std::chrono::microseconds> times;
        ProgressReader silent(m_silent, milliseconds(0));
        const qint64 fromMs = std::max<qint64>(0, askedMs - 2000);
        const QStringList output{u"-update"_s, u"1"_s, pictureName(number, m_options.imageFormat)};    // each overwrites the one before
        if (const auto ran = ffmpeg({u"-ss"_s, secondsText(milliseconds(fromMs))}, {}, output, silent, times); !ran)
            return errorOf(ran);
        return times.isEmpty() ? measured(number, 0) : measured(number, fromMs + toMs(times.last()));
    }

    Result<void> ffmpeg(const QStringList& beforeInput, const QString& choice, const QStringList& output, ProgressReader& reader,
                        QList<std::chrono::microseconds>& times)
    {
        QStringList arguments = ffmpegHead() + progressArguments() + beforeInput + inputArguments(m_file.input, m_context.limits);
        arguments << u"-map"_s << u"0:%1"_s.arg(m_video.index) << u"-vf"_s << pictureFilters(choice, m_options) << u"-fps_mode"_s
                  << u"passthrough"_s;
        if (m_options.imageFormat == "png"_L1)
            arguments << u"-c:v"_s << u"png"_s;
        else
            arguments << u"-c:v"_s << u"mjpeg"_s << u"-q:v"_s << u"3"_s << u"-pix_fmt"_s << u"yuvj420p"_s;
        arguments << u"-f"_s << u"image2"_s << output;
        // In the folder, with a plain name: image2 would expand a "%d" in a folder's name too.
        const auto end = runProcess({.program = m_context.tools.ffmpeg,
                                     .arguments = arguments,
                                     .workingFolder = m_folder,
                                     .onOutputLine =
                                         [&](QByteArrayView line) {
                                             if (const auto time = timeIn(line))
                                                 times << *time;
                                             reader.line(line);
                                         }},
                                    m_context);
        if (!end)
            return errorOf(end);
        if (!end->isSuccess())
            return tl::make_unexpected(toolError(*end, u"ffmpeg"_s, m_file.input.path));
        return {};
    }

    /// The picture as it lies in the folder.
    Result<Frame> measured(qsizetype number, qint64 timestampMs) const
    {
        const QString name = pictureName(number, m_options.imageFormat);
        QFile picture(QDir(m_folder).filePath(name));
        const auto size = picture.open(QIODevice::ReadOnly) ? imageSize(picture.read(64 << 10)) : std::nullopt;
        if (!size)
            return failure(ErrorKind::Internal, u"output_missing"_s, u"ffmpeg ended well but wrote no picture %1."_s.arg(name));
        return Frame{.name = name, .timestampMs = timestampMs, .width = size->width, .height = size->height};
    }

    const Probed& m_file;
    const ProbeStream& m_video;
    QString m_folder;
    const FrameOptions& m_options;
    const RunContext& m_context;
    ProgressMeter m_meter;
    ProgressMeter m_silent{RunContext{}};
    bool m_released = false;
};

}

Result<void> checkFrames(const FrameOptions& options)
{
    if (options.imageFormat != "jpg"_L1 && options.imageFormat != "png"_L1)
        return invalid(u"unknown_image_format"_s, u"image_format"_s, u"image_format must be jpg or png."_s);
    if (options.width && (*options.width < 16 || *options.width > 8192))
        return invalid(u"out_of_range"_s, u"width"_s, u"width must be between 16 and 8192."_s);
    if (options.maxFrames < 1 || options.maxFrames > 100'000)
        return invalid(u"out_of_range"_s, u"max_frames"_s, u"max_frames must be between 1 and 100000."_s);
    switch (options.mode) {
    case FrameOptions::Mode::Interval:
        if (options.intervalMs < 1 || options.intervalMs > 86'400'000)
            return invalid(u"out_of_range"_s, u"interval_ms"_s, u"interval_ms must be between 1 and 86400000."_s);
        break;
    case FrameOptions::Mode::Scene:
        if (!(options.sceneThreshold > 0 && options.sceneThreshold <= 1))
            return invalid(u"out_of_range"_s, u"scene_threshold"_s, u"scene_threshold must be over 0 and at most 1."_s);
        break;
    case FrameOptions::Mode::Timestamps:
        if (options.timestampsMs.isEmpty())
            return invalid(u"timestamps_missing"_s, u"timestamps_ms"_s, u"The mode \"timestamps\" needs timestamps_ms."_s);
        if (options.timestampsMs.size() > options.maxFrames)
            return invalid(u"too_many_timestamps"_s, u"timestamps_ms"_s,
                           u"%1 timestamps, but max_frames is %2."_s.arg(options.timestampsMs.size()).arg(options.maxFrames));
        for (qsizetype i = 0; i < options.timestampsMs.size(); ++i) {
            if (options.timestampsMs[i] < 0)
                return invalid(u"out_of_range"_s, u"/timestamps_ms/%1"_s.arg(i), u"timestamps_ms[%1] is negative."_s.arg(i));
        }
        break;
    }
    return {};
}

Result<QList<Frame>> extractFrames(const QString& inputPath, const QString& folder, const FrameOptions& options, const RunContext& context)
{
    if (const auto ok = checkFrames(options); !ok)
        return errorOf(ok);
    const auto file = probe(inputPath, context);
    if (!file)
        return errorOf(file);
    const ProbeStream* video = file->facts.first(u"video");
    if (!video)
        return invalid(u"no_video"_s, u"file_path"_s, u"\"%1\" has no picture."_s.arg(inputPath));
    return FrameExtraction(*file, *video, folder, options, context).run();
}

}
