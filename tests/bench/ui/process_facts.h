// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <ctime>

namespace bench {

/// What the kernel says of this process. Megabytes are 10^6 bytes.
struct Memory {
    double residentMb = 0;     ///< all of it, pages of mapped files included
    double anonymousMb = 0;    ///< what belongs to this process alone and was written
    double peakMb = 0;
};
[[nodiscard]] Memory memoryNow();

[[nodiscard]] double clockMs(clockid_t clock);
/// Processor time, which a busy machine stretches little.
[[nodiscard]] inline double processCpuMs()
{
    return clockMs(CLOCK_PROCESS_CPUTIME_ID);
}
[[nodiscard]] inline double threadCpuMs()
{
    return clockMs(CLOCK_THREAD_CPUTIME_ID);
}
/// The same clock in every process: a parent hands the moment of a start to its child.
[[nodiscard]] inline double machineMs()
{
    return clockMs(CLOCK_MONOTONIC);
}

}
