// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/media/run_context.h"

#include <QByteArrayView>

#include <chrono>
#include <optional>

namespace core::media {

/// Hands a fraction on, scaled into [from, to]; never one that is lower than the last, and below `to` until finish().
class ProgressMeter {
public:
    ProgressMeter(const RunContext& context, double from = 0, double to = 1) : m_report(context.progress), m_from(from), m_to(to) {}

    void set(double fraction);
    void finish();    ///< only once the result is known to be good

private:
    std::function<void(double)> m_report;
    double m_from;
    double m_to;
    double m_last = -1;
};

/// Reads the `key=value` lines of ffmpeg's `-progress`. `out_time_us` counts; `out_time_ms` holds microseconds too, whatever its
/// name says, and `progress=end` also comes after a kill, so it means nothing.
class ProgressReader {
public:
    /// `planned`: the length of the OUTPUT; zero when unknown, then nothing is reported.
    ProgressReader(ProgressMeter& meter, std::chrono::microseconds planned) : m_meter(meter), m_planned(planned) {}

    void line(QByteArrayView line);
    [[nodiscard]] std::optional<std::chrono::microseconds> outTime() const { return m_outTime; }

private:
    ProgressMeter& m_meter;
    std::chrono::microseconds m_planned;
    std::optional<std::chrono::microseconds> m_outTime;
};

}
