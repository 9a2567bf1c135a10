// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace ui {

class LogView;

/// Whether these bytes can be read as text: UTF-8 throughout, no controls but tabs and line ends.
[[nodiscard]] bool isReadableText(const QByteArray& bytes);
/// How much of a body is read into a view at once: it may have 64 MiB, and each of its bytes may end a line.
inline constexpr qsizetype mostTextShown = 512 * 1024;
inline constexpr qsizetype mostHexShown = 256 * 1024;
/// Whether a body counts as text, judged by its beginning.
[[nodiscard]] bool beginsAsText(const QByteArray& body);
/// Shows the beginning of a body, as text or in hex. Copies of its lines have no values of keys that name a secret, nor their bytes.
void showBody(LogView& view, const QByteArray& body, bool inHex);
/// "00000010  7b 22 73 ...  {"s...": sixteen bytes a line, for the first `atMost` bytes. The first stands at
/// place `firstAt`.
[[nodiscard]] QByteArray hexDump(const QByteArray& bytes, qsizetype atMost, qsizetype firstAt = 0);

}
