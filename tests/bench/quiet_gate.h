// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace bench {

/// What the machine does beside us, and what its disk and its scheduler give.
struct Noise {
    double taken = 0;             ///< part of the processor time that others took while every core was asked for
    double syncsPerSecond = 0;    ///< fdatasync of 8 kB
    double syncP99Us = 0;
    double wakeP50Us = 0;    ///< condition variable, thread to thread
    double wakeP99Us = 0;
    QString fileSystem;
    double load = 0;

    [[nodiscard]] bool isQuiet() const;
    [[nodiscard]] QString text() const;
};

/// Takes about two seconds. `folder` is where the stores will be.
[[nodiscard]] Noise measureNoise(const QString& folder);

}
