// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace core::transcription {

/// Times are milliseconds from the beginning of the file; the text has no blanks around it.
struct TranscriptWord {
    qint64 startMs = 0;
    qint64 endMs = 0;
    QString text;
    std::optional<double> confidence;    ///< 0..1; absent where the engine has none to give

    bool operator==(const TranscriptWord&) const = default;
};

/// What was said between two pauses.
struct TranscriptSegment {
    qint64 startMs = 0;
    qint64 endMs = 0;
    QString text;
    std::optional<double> confidence;    ///< the mean of its words'; absent where they have none
    QList<TranscriptWord> words;         ///< empty when nobody asked for them

    bool operator==(const TranscriptSegment&) const = default;
};

/// One shape for every engine. After normalised(): 0 <= start <= end <= durationMs, in order, without overlap.
struct Transcript {
    QString engine;           ///< "pocketsphinx"
    QString engineVersion;    ///< as the library names itself
    QString model;            ///< "en-us"
    QString language;         ///< ISO 639-1
    qint64 durationMs = 0;
    QString text;
    QList<TranscriptSegment> segments;

    bool operator==(const Transcript&) const = default;
};

/// SubRip, UTF-8 without a mark, one cue for each segment, numbered from 1. The format has no escapes: a blank line would end the cue, so blank
/// lines are left out, and "-->" gets a word joiner (U+2060) before its point. Tags and braces stay as they were said.
[[nodiscard]] QByteArray toSrt(const QList<TranscriptSegment>& segments);

/// WebVTT (W3C): hours always written, '&', '<', '>' escaped, which takes care of "-->". (ffmpeg's own writer does not escape.)
[[nodiscard]] QByteArray toWebVtt(const QList<TranscriptSegment>& segments);

}
