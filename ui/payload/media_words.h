// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace ui {

/// Numbers of media files with their units, as people read them. Exact numbers belong on hover.

/// "159.3 kbit/s", "4.8 Mbit/s".
[[nodiscard]] QString bitRateText(qint64 bitsPerSecond);
/// "29.97 fps"; as many digits as the number has.
[[nodiscard]] QString frameRateText(double framesPerSecond);
/// "44.1 kHz".
[[nodiscard]] QString sampleRateText(qint64 hertz);
/// "mono", "stereo", "6 channels".
[[nodiscard]] QString channelsText(qint64 channels);
/// "1,500 ms".
[[nodiscard]] QString millisecondsText(qint64 milliseconds);
/// "−30 dB", with a real minus sign.
[[nodiscard]] QString decibelText(double decibels);
/// "0.4"; the shortest spelling that reads back as the same number.
[[nodiscard]] QString numberText(double number);

}
