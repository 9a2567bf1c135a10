// SPDX-License-Identifier: Apache-2.0
#include "ui/deliveries/body_text.h"

#include <QStringDecoder>

#include <algorithm>

namespace ui {

bool isReadableText(const QByteArray& bytes)
{
    const bool hasControls = std::any_of(bytes.begin(), bytes.end(),
                                         [](char c) { return (c >= 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f; });
    if (hasControls)
        return false;
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(bytes);
    return !decoder.hasError() && !decoded.contains(QChar(0xfffd));
}

QByteArray hexDump(const QByteArray& bytes, qsizetype atMost)
{
    static constexpr char digits[] = "0123456789abcdef";
    constexpr int perLine = 16;
    QByteArray text;
    for (qsizetype at = 0; at < std::min(bytes.size(), atMost); at += perLine) {
        for (int shift = 28; shift >= 0; shift -= 4)
            text += digits[(at >> shift) & 15];
        text += ' ';
        QByteArray readable;
        for (int i = 0; i < perLine; ++i) {
            text += ' ';
            if (at + i >= bytes.size()) {
                text += "  ";
                continue;
            }
            const auto byte = static_cast<unsigned char>(bytes.at(at + i));
            text += digits[byte >> 4];
            text += digits[byte & 15];
            readable += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.';
        }
        text += "  " + readable + '\n';
    }
    return text;
}

}
