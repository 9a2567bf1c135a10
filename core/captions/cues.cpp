// SPDX-License-Identifier: Apache-2.0
#include "core/captions/cues.h"

#include <algorithm>

namespace core::captions {

QList<CaptionCue> cuesFromWords(const QList<CaptionCue>& words, const CueLimits& limits)
{
    QList<CaptionCue> cues;
    for (const CaptionCue& word : words) {
        const bool fits = !cues.isEmpty() && cues.last().text.size() + 1 + word.text.size() <= limits.characters &&
                          word.endMs - cues.last().startMs <= limits.lengthMs;
        if (!fits) {
            cues << word;
            continue;
        }
        cues.last().text += u' ' + word.text;
        cues.last().endMs = std::max(cues.last().endMs, word.endMs);
    }
    return cues;
}

}
