// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/probe_result.h"
#include "core/media/time_span.h"

#include <QList>
#include <QString>

#include <chrono>

namespace core::media {

/// A stretch to keep, on the grid of CutPlan::rate: [startFrame, endFrame).
struct KeepSegment {
    qint64 startFrame = 0;
    qint64 endFrame = 0;
    bool operator==(const KeepSegment&) const = default;
};

struct CutPlan {
    Rational rate;              ///< frames a second of the picture; for sound alone 1000 (milliseconds are exact enough)
    QList<KeepSegment> keep;    ///< in order, each a frame or longer, with a frame or more between
    bool keepsAll = false;

    [[nodiscard]] std::chrono::microseconds at(qint64 frame) const;    ///< where that frame begins
    [[nodiscard]] std::chrono::microseconds length() const;            ///< of what is kept
};

/// The grid to cut on. A steady rate stays; a wandering one (telephones) becomes its nominal rate up to 60, else its average.
[[nodiscard]] Rational cutRate(const ProbeStream& video);

/// What stays when each silence goes but for `paddingMs` at both of its ends. Borders go to the nearest frame; what is
/// shorter than a frame is dropped. Errors: Invalid `out_of_range` (field padding_ms), `nothing_left`,
/// `too_many_segments` (over 2,000; field segments).
[[nodiscard]] Result<CutPlan> planCut(const QList<TimeSpan>& silences, qint64 paddingMs, qint64 durationMs, Rational rate);

/// The text for -filter_complex_script, ending in [v] and [a] as far as there is a picture and sound.
/// `video`, `audio`: stream indexes, -1 for none.
[[nodiscard]] QString cutGraph(const CutPlan& plan, int video, int audio);

}
