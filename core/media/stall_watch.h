// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDeadlineTimer>

#include <chrono>

#include <sys/types.h>

namespace core::media {

/// Tells a process that works or waits for its turn from one that hangs: one that says nothing and uses no processor. ffmpeg can come
/// to stand so when a thread of its cannot be made, under a tight memory limit.
class StallWatch {
public:
    StallWatch(pid_t group, std::chrono::milliseconds limit) : m_group(group), m_limit(limit), m_patience(limit) {}

    /// It has said something.
    void heard() { m_patience = QDeadlineTimer(m_limit); }
    /// After one to two limits without a sign of life. Cheap: looks at the processes only once a limit.
    [[nodiscard]] bool isStalled();

private:
    pid_t m_group;
    std::chrono::milliseconds m_limit;
    QDeadlineTimer m_patience;
    qint64 m_ticks = -1;
};

/// The processor time that the processes of a group have used, in clock ticks, with that of children they waited for.
[[nodiscard]] qint64 processorTicksOf(pid_t group);

}
