// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/captions/models.h"

#include <QList>

namespace core::captions {

/// What a person can read before it is gone.
struct CueLimits {
    qsizetype characters = 84;    ///< two lines of 42
    qint64 lengthMs = 6000;
};

/// The words of one spoken segment, each a cue of its own, joined into cues that keep within the limits. A single long word stays whole.
[[nodiscard]] QList<CaptionCue> cuesFromWords(const QList<CaptionCue>& words, const CueLimits& limits = {});

}
