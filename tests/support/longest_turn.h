// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>

#include <algorithm>

#include <ctime>

namespace test_support {

/// The longest turn of this thread's event loop since it was made, in milliseconds of the thread's own processor time: what else the
/// machine does is no stall of ours.
class LongestTurn {
public:
    LongestTurn()
    {
        QObject::connect(&m_beat, &QTimer::timeout, &m_beat, [this] { note(); });
        m_beat.start(0);
        m_last = now();
    }
    [[nodiscard]] double ms() const { return m_longest; }

private:
    static double now()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    void note()
    {
        m_longest = std::max(m_longest, now() - m_last);
        m_last = now();
    }
    QTimer m_beat;
    double m_last = 0;
    double m_longest = 0;
};

}
