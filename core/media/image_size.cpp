// SPDX-License-Identifier: Apache-2.0
#include "core/media/image_size.h"

#include <QtEndian>

namespace core::media {

namespace {

int word(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint16>(bytes.data() + at);
}

/// Walks the segments to the first "start of frame" (ITU-T T.81, table B.1).
std::optional<ImageSize> jpegSize(QByteArrayView bytes)
{
    qsizetype at = 2;
    while (at + 9 <= bytes.size() && uchar(bytes[at]) == 0xFF) {
        const uchar marker = uchar(bytes[at + 1]);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        const bool isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (isFrame)
            return ImageSize{word(bytes, at + 7), word(bytes, at + 5)};
        at += 2 + word(bytes, at + 2);
    }
    return {};
}

}

std::optional<ImageSize> imageSize(QByteArrayView bytes)
{
    if (bytes.startsWith("\xFF\xD8"))
        return jpegSize(bytes);
    if (bytes.startsWith("\x89PNG\r\n\x1A\n") && bytes.size() >= 24)
        return ImageSize{qFromBigEndian<qint32>(bytes.data() + 16), qFromBigEndian<qint32>(bytes.data() + 20)};
    return {};
}

}
