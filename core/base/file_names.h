// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace core::base {

/// What Linux file systems take, in bytes.
inline constexpr qsizetype longestFileName = 255;

/// The name, cut in its middle so that it has at most so many bytes on the disk (UTF-8). Its start and its suffix, which
/// tell most, stay, and no character is cut in two.
[[nodiscard]] QString cutToBytes(QString name, qsizetype mostBytes = longestFileName);

}
