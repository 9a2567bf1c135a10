// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace ui {

/// Whether these bytes can be read as text: UTF-8 throughout, no controls but tabs and line ends.
[[nodiscard]] bool isReadableText(const QByteArray& bytes);
/// "00000010  7b 22 73 ...  {"s...": sixteen bytes a line, for the first `atMost` bytes.
[[nodiscard]] QByteArray hexDump(const QByteArray& bytes, qsizetype atMost);

}
