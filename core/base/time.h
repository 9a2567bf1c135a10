// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <chrono>
#include <functional>
#include <optional>

namespace core::base {

/// A moment in UTC. Stored as INTEGER microseconds since 1970 on SQLite.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// Where "now" comes from; tests hand in their own.
using Clock = std::function<Time()>;

[[nodiscard]] Time systemNow();

[[nodiscard]] inline qint64 toMicros(Time time)
{
    return time.time_since_epoch().count();
}

[[nodiscard]] inline Time fromMicros(qint64 micros)
{
    return Time{std::chrono::microseconds{micros}};
}

/// RFC 3339 in UTC with microseconds: "2026-11-22T12:01:07.250000Z".
[[nodiscard]] QString toIsoText(Time time);

/// RFC 3339 or a plain date ("2026-11-01", midnight UTC); an offset is honoured, none means UTC.
[[nodiscard]] Result<Time> parseIsoText(const QString& text);

/// This machine's boot, as the kernel names it: a monotonic stamp means something only within one boot.
[[nodiscard]] QString bootId();

/// Microseconds of CLOCK_MONOTONIC: the same for every process of this boot, stands still in suspend, never steps.
[[nodiscard]] qint64 monotonicMicros();

}

namespace core {
using base::Clock;
using base::Time;
}
