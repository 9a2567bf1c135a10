// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/normalise.h"

#include <QStringList>

#include <algorithm>

namespace core::transcription {

namespace {

using namespace Qt::StringLiterals;

/// Trims, drops what is empty, and puts the rest in order within lowMs..highMs.
template <class Timed>
void putInOrder(QList<Timed>& items, qint64 lowMs, qint64 highMs)
{
    for (Timed& item : items) {
        item.text = item.text.trimmed();
        if (item.confidence)
            item.confidence = std::clamp(*item.confidence, 0.0, 1.0);
    }
    items.removeIf([](const Timed& item) { return item.text.isEmpty(); });
    std::stable_sort(items.begin(), items.end(), [](const Timed& a, const Timed& b) { return a.startMs < b.startMs; });

    qint64 freeFrom = lowMs;
    for (Timed& item : items) {
        item.startMs = std::clamp(item.startMs, freeFrom, highMs);
        item.endMs = std::clamp(item.endMs, item.startMs, highMs);
        freeFrom = item.endMs;
    }
}

}

Transcript normalised(Transcript transcript)
{
    transcript.durationMs = std::max<qint64>(transcript.durationMs, 0);
    putInOrder(transcript.segments, 0, transcript.durationMs);
    QStringList texts;
    for (TranscriptSegment& segment : transcript.segments) {
        putInOrder(segment.words, segment.startMs, segment.endMs);
        texts << segment.text;
    }
    transcript.text = transcript.text.trimmed();
    if (transcript.text.isEmpty())
        transcript.text = texts.join(u' ');
    return transcript;
}

}
