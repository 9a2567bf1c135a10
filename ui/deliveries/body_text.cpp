// SPDX-License-Identifier: Apache-2.0
#include "ui/deliveries/body_text.h"

#include "core/base/secrets.h"
#include "ui/base/log_view.h"

#include <QStringDecoder>

#include <algorithm>

namespace ui {

namespace {

constexpr qsizetype judgedBytes = 64 * 1024;
constexpr int bytesPerLine = 16;    // in hex

}

bool beginsAsText(const QByteArray& body)
{
    return isReadableText(body.first(std::min(body.size(), judgedBytes)));
}

void showBody(LogView& view, const QByteArray& body, bool inHex)
{
    const QByteArray shown = body.first(std::min(body.size(), inHex ? mostHexShown : mostTextShown));
    view.setMasksCopies(true);
    view.setCopyAs({});
    if (!inHex)
        return view.setLog(shown);
    view.setCopyAs([shown](int first, int last) {
        const qsizetype from = qsizetype{first} * bytesPerLine;
        const qsizetype size = std::min(shown.size(), qsizetype{last + 1} * bytesPerLine) - from;
        return QString::fromLatin1(hexDump(core::base::maskedPart(shown, from, size), mostHexShown, from));
    });
    view.setLog(hexDump(shown, mostHexShown));
}

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

QByteArray hexDump(const QByteArray& bytes, qsizetype atMost, qsizetype firstAt)
{
    static constexpr char digits[] = "0123456789abcdef";
    QByteArray text;
    for (qsizetype at = 0; at < std::min(bytes.size(), atMost); at += bytesPerLine) {
        for (int shift = 28; shift >= 0; shift -= 4)
            text += digits[((firstAt + at) >> shift) & 15];
        text += ' ';
        QByteArray readable;
        for (int i = 0; i < bytesPerLine; ++i) {
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
