// SPDX-License-Identifier: Apache-2.0
#include "core/media/probe_result.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace core::media {

using namespace Qt::StringLiterals;
using Json = nlohmann::json;

namespace {

const Json& member(const Json& object, const char* key)
{
    static const Json none;
    if (!object.is_object())
        return none;
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
}

/// An array's elements; a member of any other type has none (nlohmann would hand out the member itself).
const Json& elementsOf(const Json& object, const char* key)
{
    static const Json none = Json::array();
    const Json& list = member(object, key);
    return list.is_array() ? list : none;
}

QString textOf(const Json& value)
{
    return value.is_string() ? QString::fromStdString(value.get_ref<const std::string&>()) : QString();
}

/// A number, or a text with a number inside: ffprobe writes both.
std::optional<double> numberOf(const Json& value)
{
    if (value.is_number())
        return value.get<double>();
    if (!value.is_string())
        return {};
    const auto& text = value.get_ref<const std::string&>();
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
        return {};
    return number;
}

std::optional<qint64> integerOf(const Json& value)
{
    const auto number = numberOf(value);
    if (!number || std::abs(*number) > 9e15)
        return {};
    return std::llround(*number);
}

std::optional<int> smallOf(const Json& value)
{
    const auto number = integerOf(value);
    if (!number || *number < 0 || *number > std::numeric_limits<int>::max())
        return {};
    return int(*number);
}

std::optional<qint64> millisecondsOf(const Json& seconds)
{
    const auto number = numberOf(seconds);
    if (!number || std::abs(*number) > 9e12)
        return {};
    return std::llround(*number * 1000);
}

/// Matroska's per-stream tag: "HH:MM:SS.nnnnnnnnn".
std::optional<qint64> clockMilliseconds(const QString& text)
{
    const auto parts = text.split(u':');
    if (parts.size() != 3)
        return {};
    bool hoursOk = false;
    bool minutesOk = false;
    bool secondsOk = false;
    const double all = parts[0].toDouble(&hoursOk) * 3600 + parts[1].toDouble(&minutesOk) * 60 + parts[2].toDouble(&secondsOk);
    if (!hoursOk || !minutesOk || !secondsOk || !std::isfinite(all) || all < 0 || all > 9e12)
        return {};
    return std::llround(all * 1000);
}

Rational rationalOf(const Json& value)
{
    const auto parts = textOf(value).split(u'/');
    if (parts.size() != 2)
        return {};
    const Rational fraction{parts[0].toLongLong(), parts[1].toLongLong()};
    return fraction.isPositive() ? fraction : Rational{};
}

int rotationOf(const Json& stream)
{
    for (const Json& side : elementsOf(stream, "side_data_list")) {
        if (const auto angle = integerOf(member(side, "rotation")))
            return int(*angle % 360);
    }
    return int(integerOf(member(member(stream, "tags"), "rotate")).value_or(0) % 360);
}

ProbeStream streamOf(const Json& json)
{
    ProbeStream stream;
    stream.index = smallOf(member(json, "index")).value_or(0);
    stream.kind = textOf(member(json, "codec_type"));
    const Json& disposition = member(json, "disposition");
    if (stream.kind == "video"_L1 && integerOf(member(disposition, "attached_pic")).value_or(0) == 1)
        stream.kind = u"cover"_s;
    if (stream.kind.isEmpty())
        stream.kind = u"data"_s;
    stream.codec = textOf(member(json, "codec_name"));
    if (stream.kind == "video"_L1 || stream.kind == "cover"_L1) {
        stream.pixelFormat = textOf(member(json, "pix_fmt"));
        stream.width = smallOf(member(json, "width"));
        stream.height = smallOf(member(json, "height"));
        stream.frameRate = rationalOf(member(json, "avg_frame_rate"));
        stream.nominalFrameRate = rationalOf(member(json, "r_frame_rate"));
        stream.rotationDeg = rotationOf(json);
    }
    stream.sampleRateHz = smallOf(member(json, "sample_rate"));
    stream.channels = smallOf(member(json, "channels"));
    const Json& tags = member(json, "tags");
    stream.language = textOf(member(tags, "language"));
    if (stream.language == "und"_L1)
        stream.language.clear();
    stream.durationMs = millisecondsOf(member(json, "duration"));
    if (!stream.durationMs)
        stream.durationMs = clockMilliseconds(textOf(member(tags, "DURATION")));
    stream.startTimeMs = millisecondsOf(member(json, "start_time"));
    stream.frameCount = integerOf(member(json, "nb_frames"));
    return stream;
}

}

const ProbeStream* ProbeResult::first(QStringView kind) const
{
    const auto found = std::find_if(streams.begin(), streams.end(), [&](const ProbeStream& stream) { return stream.kind == kind; });
    return found == streams.end() ? nullptr : &*found;
}

Result<ProbeResult> parseProbe(const QByteArray& json)
{
    const Json root = Json::parse(json.begin(), json.end(), nullptr, false);
    if (!root.is_object())
        return failure(ErrorKind::Internal, u"probe_unreadable"_s, u"ffprobe did not answer in JSON."_s, {},
                       QString::fromUtf8(json.left(2000)));
    if (const Json& error = member(root, "error"); error.is_object())
        return failure(ErrorKind::Invalid, u"not_media"_s, u"ffprobe: %1."_s.arg(textOf(member(error, "string"))), u"file_path"_s);

    ProbeResult result;
    const Json& format = member(root, "format");
    result.formatName = textOf(member(format, "format_name"));
    result.durationMs = millisecondsOf(member(format, "duration"));
    result.sizeBytes = integerOf(member(format, "size")).value_or(0);
    result.bitRateBps = integerOf(member(format, "bit_rate"));
    result.startTimeMs = millisecondsOf(member(format, "start_time"));
    for (const Json& stream : elementsOf(root, "streams"))
        result.streams << streamOf(stream);
    result.raw = json;
    if (result.streams.isEmpty())
        return failure(ErrorKind::Invalid, u"not_media"_s, u"The file holds no picture, sound or text."_s, u"file_path"_s);
    return result;
}

std::optional<qint64> plannedMs(const ProbeResult& facts, const QList<const ProbeStream*>& taken)
{
    if (facts.isStill())
        return {};
    std::optional<qint64> latest;
    for (const ProbeStream* stream : taken) {
        if (stream && !stream->durationMs)
            return facts.durationMs;
        if (stream)
            latest = std::max(latest.value_or(0), *stream->durationMs + lateStartMs(facts, {stream}));
    }
    return latest;
}

qint64 lateStartMs(const ProbeResult& facts, const QList<const ProbeStream*>& taken)
{
    qint64 latest = 0;
    for (const ProbeStream* stream : taken) {
        if (stream && stream->startTimeMs)
            latest = std::max(latest, *stream->startTimeMs - facts.startTimeMs.value_or(0));
    }
    return latest;
}

}
