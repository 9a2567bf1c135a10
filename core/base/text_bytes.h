// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace core::base {

/// How many bytes of a file tell whether it is a text.
inline constexpr qint64 textBlock = 64 * 1024;

/// Whether a file that begins so is a text that people or programs wrote, in UTF-8, UTF-16 or an encoding of eight bits: no name and no
/// type is asked. Media have a zero or other bytes of no text in their first block.
[[nodiscard]] bool looksLikeText(QByteArrayView block);

enum class TextCoding { Utf8, Utf16LittleEndian, Utf16BigEndian, EightBit };
[[nodiscard]] TextCoding codingOf(QByteArrayView bytes);
/// EightBit is read as Latin-1: each byte comes back as it was.
[[nodiscard]] QString decoded(const QByteArray& bytes, TextCoding coding);
[[nodiscard]] QByteArray encoded(const QString& text, TextCoding coding);

}
