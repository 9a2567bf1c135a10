// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

namespace core::media {

/// Milliseconds from the beginning of the file; the end is past the last of it.
struct TimeSpan {
    qint64 startMs = 0;
    qint64 endMs = 0;

    [[nodiscard]] qint64 lengthMs() const { return endMs - startMs; }
    bool operator==(const TimeSpan&) const = default;
};

/// In order, within [0, durationMs], without overlap, those that touch joined, the empty ones gone.
[[nodiscard]] QList<TimeSpan> tidy(QList<TimeSpan> spans, qint64 durationMs);

}
