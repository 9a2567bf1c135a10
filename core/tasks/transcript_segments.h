// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

namespace core::tasks {

/// Segments of a transcript from the payload's types into the transcription room's or back: the two are alike, field by field.
template <class Segment, class From>
[[nodiscard]] QList<Segment> copiedSegments(const QList<From>& segments)
{
    QList<Segment> copies;
    copies.reserve(segments.size());
    for (const From& segment : segments) {
        Segment copy{segment.startMs, segment.endMs, segment.text, segment.confidence, {}};
        for (const auto& word : segment.words)
            copy.words.append({word.startMs, word.endMs, word.text, word.confidence});
        copies.append(copy);
    }
    return copies;
}

}
