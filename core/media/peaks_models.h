// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

namespace core::media {

/// The lowest and the highest sample of one piece of a sound, -32768 to 32767.
struct Peak {
    qint16 low = 0;
    qint16 high = 0;
    bool operator==(const Peak&) const = default;
};

/// A sound as it is drawn: pieces of equal length, from the beginning of the file to its end.
struct Peaks {
    qint64 durationMs = 0;    ///< of the sound as it was heard
    QList<Peak> pieces;       ///< empty only if there was not one sample
    bool operator==(const Peaks&) const = default;
};

}
