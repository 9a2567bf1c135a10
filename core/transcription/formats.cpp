// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/formats.h"

#include <QStringList>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace core::transcription {

namespace {

using namespace Qt::StringLiterals;
using Json = nlohmann::ordered_json;

struct Cue {
    qint64 startMs = 0;
    qint64 endMs = 0;
    QStringList lines;
};

/// The text's lines without control characters, outer blanks and blank lines: either format ends a cue at a blank line.
QStringList cueLines(const QString& text)
{
    QString flat = text;
    flat.replace(u"\r\n"_s, u"\n"_s);
    for (QChar& c : flat) {
        if (c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = u'\n';
    }
    QStringList lines;
    for (QString line : flat.split(u'\n')) {
        line.replace(u'\t', u' ');
        line.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
        if (line = line.trimmed(); !line.isEmpty())
            lines << line;
    }
    return lines;
}

/// Cues to write, none empty, each at least the formats' step of 1 ms long. Lengthening one moves the start of a next one that touched it.
QList<Cue> cuesOf(const QList<TranscriptSegment>& segments)
{
    QList<Cue> cues;
    qint64 previousEnd = 0;         // as written
    qint64 previousEndMeant = 0;    // as it was
    for (const TranscriptSegment& segment : segments) {
        Cue cue{std::max<qint64>(segment.startMs, 0), segment.endMs, cueLines(segment.text)};
        if (cue.lines.isEmpty())
            continue;
        if (cue.startMs >= previousEndMeant)
            cue.startMs = std::max(cue.startMs, previousEnd);
        previousEndMeant = segment.endMs;
        cue.endMs = previousEnd = std::max(cue.endMs, cue.startMs + 1);
        cues << cue;
    }
    return cues;
}

QString clockText(qint64 ms, QChar decimalMark)
{
    return u"%1:%2:%3%4%5"_s.arg(ms / 3'600'000, 2, 10, QChar(u'0'))
        .arg(ms / 60'000 % 60, 2, 10, QChar(u'0'))
        .arg(ms / 1000 % 60, 2, 10, QChar(u'0'))
        .arg(decimalMark)
        .arg(ms % 1000, 3, 10, QChar(u'0'));
}

QString timesLine(const Cue& cue, QChar decimalMark)
{
    return clockText(cue.startMs, decimalMark) + u" --> "_s + clockText(cue.endMs, decimalMark) + u'\n';
}

std::string utf8(const QString& text)
{
    return text.toUtf8().toStdString();
}

template <class Timed>
Json timedJson(const Timed& item)
{
    Json json{{"start_ms", item.startMs}, {"end_ms", item.endMs}, {"text", utf8(item.text)}};
    if (item.confidence)
        json["confidence"] = *item.confidence;
    return json;
}

}

QByteArray toSrt(const QList<TranscriptSegment>& segments)
{
    QString out;
    qsizetype number = 0;
    for (const Cue& cue : cuesOf(segments)) {
        QString text = cue.lines.join(u'\n');
        text.replace(u"-->"_s, u"--\u2060>"_s);
        out += QString::number(++number) + u'\n' + timesLine(cue, u',') + text + u"\n\n"_s;
    }
    return out.toUtf8();
}

QByteArray toWebVtt(const QList<TranscriptSegment>& segments)
{
    QString out = u"WEBVTT\n\n"_s;
    for (const Cue& cue : cuesOf(segments)) {
        QString text = cue.lines.join(u'\n');
        text.replace(u'&', u"&amp;"_s).replace(u'<', u"&lt;"_s).replace(u'>', u"&gt;"_s);
        out += timesLine(cue, u'.') + text + u"\n\n"_s;
    }
    return out.toUtf8();
}

QByteArray toJsonDocument(const Transcript& transcript)
{
    Json segments = Json::array();
    for (const TranscriptSegment& segment : transcript.segments) {
        Json json = timedJson(segment);
        Json words = Json::array();
        for (const TranscriptWord& word : segment.words)
            words.push_back(timedJson(word));
        json["words"] = std::move(words);
        segments.push_back(std::move(json));
    }
    const Json document{
        {"engine", utf8(transcript.engine)},    {"engine_version", utf8(transcript.engineVersion)},
        {"model", utf8(transcript.model)},      {"language", utf8(transcript.language)},
        {"duration_ms", transcript.durationMs}, {"text", utf8(transcript.text)},
        {"segments", std::move(segments)},
    };
    return QByteArray::fromStdString(document.dump(2)) + '\n';
}

}
