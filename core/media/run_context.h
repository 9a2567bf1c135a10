// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>

namespace core::media {

/// Programs by name (looked up on PATH) or absolute path. From the administrator's settings, never from a job.
struct Tools {
    QString ffmpeg = QStringLiteral("ffmpeg");
    QString ffprobe = QStringLiteral("ffprobe");
};

struct Limits {
    std::chrono::milliseconds wallTime{std::chrono::hours{2}};    ///< per process
    std::chrono::milliseconds stall{std::chrono::minutes{2}};     ///< without a word and without using the processor: then it hangs
    std::chrono::milliseconds politeStop{500};                    ///< from SIGTERM to SIGKILL
    qint64 memoryBytes = qint64{8} << 30;                         ///< address space of one process (RLIMIT_AS)
    qint64 inputBytes = qint64{20} << 30;                         ///< largest input file
    qint64 pixels = qint64{64} << 20;                             ///< -max_pixels
};

/// One finished process, as the attempt row keeps it.
struct CommandRecord {
    QStringList arguments{};    ///< program first, exactly as started
    int exitCode = -1;          ///< -1 when a signal ended it or it never started
    int signal = 0;             ///< the signal that ended it, or 0
    qint64 durationMs = 0;
    QByteArray errorTail{};    ///< last bytes of standard error, at most 16 KiB
};

/// What a media function needs from whoever runs it. Functions are synchronous and look at `cancel` at least every 50 ms.
struct RunContext {
    Tools tools;
    Limits limits;
    CancelToken cancel;
    std::function<void(double fraction)> progress;           ///< 0..1, never going back; may be empty
    std::function<void(const CommandRecord&)> ranCommand;    ///< after each process, also a failed one; may be empty
};

}
