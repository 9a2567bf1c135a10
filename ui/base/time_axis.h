// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <QList>
#include <QString>
#include <QTimeZone>

namespace ui {

/// A stretch of time that a painted axis leaves out.
struct TimeCut {
    core::Time from{};
    core::Time to{};
    bool operator==(const TimeCut&) const = default;
};

/// Times to places on a painted axis, left to right in every language. A cut is `cutWidth` pixels wide however long it is.
class TimeScale {
public:
    TimeScale() = default;
    TimeScale(core::Time from, core::Time to, double left, double width, QList<TimeCut> cuts = {}, double cutWidth = 0);
    [[nodiscard]] double x(core::Time time) const;
    [[nodiscard]] core::Time timeAt(double x) const;
    [[nodiscard]] core::Time from() const { return m_from; }
    [[nodiscard]] core::Time to() const { return m_to; }
    [[nodiscard]] const QList<TimeCut>& cuts() const { return m_cuts; }
    /// Pixels for one second outside the cuts.
    [[nodiscard]] double pixelsPerSecond() const { return m_perMicro * 1e6; }

private:
    core::Time m_from{};
    core::Time m_to{};
    double m_left = 0;
    double m_perMicro = 0;
    QList<TimeCut> m_cuts;
    double m_cutWidth = 0;
};

struct TimeTick {
    core::Time at{};
    QString text;
};

/// A round step (1, 2, 5, 10, 15, 30 s ... days, also parts of a second) that is no shorter than this.
[[nodiscard]] std::chrono::microseconds niceStep(std::chrono::microseconds atLeast);
/// Ticks at least `minPixels` apart; the first is the exact time of day ("12:01:07"), the rest say how much later ("+10 s"). None
/// inside a cut.
[[nodiscard]] QList<TimeTick> timeTicks(const TimeScale& scale, double minPixels, const QTimeZone& zone);
/// The stretches without any of these times (sorted) that are longer than ten times the usual one and a good part of the whole.
[[nodiscard]] QList<TimeCut> longGaps(const QList<core::Time>& times);

}
