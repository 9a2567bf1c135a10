// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_bytes.h"

#include <QStringDecoder>
#include <QStringEncoder>

#include <algorithm>
#include <optional>

namespace core::base {

namespace {

constexpr qsizetype longestCut = 3;    // bytes of a letter that the end of the block cut off

bool isControl(char c)
{
    const auto byte = static_cast<uchar>(c);
    return byte == 0x7f || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0x1b);
}

bool isMostlyPrintable(QByteArrayView bytes)
{
    return std::count_if(bytes.begin(), bytes.end(), isControl) * 50 <= bytes.size();
}

/// Letters of two bytes, one of which is nearly always zero, in nearly all texts.
std::optional<TextCoding> utf16Of(QByteArrayView bytes)
{
    const bool isMarkedLittle = bytes.startsWith("\xff\xfe");
    const bool isMarkedBig = bytes.startsWith("\xfe\xff");
    qsizetype zerosFirst = 0, zerosSecond = 0;
    const QByteArrayView block = bytes.first(std::min<qsizetype>(bytes.size(), textBlock));
    for (qsizetype i = 0; i + 1 < block.size(); i += 2) {
        zerosFirst += block[i] == '\0' ? 1 : 0;
        zerosSecond += block[i + 1] == '\0' ? 1 : 0;
    }
    const qsizetype pairs = block.size() / 2;
    const bool isLittle = zerosFirst * 20 <= pairs && (isMarkedLittle || zerosSecond * 10 >= pairs * 8);
    const bool isBig = zerosSecond * 20 <= pairs && (isMarkedBig || zerosFirst * 10 >= pairs * 8);
    if (pairs < 2 || isLittle == isBig)
        return {};
    return isLittle ? TextCoding::Utf16LittleEndian : TextCoding::Utf16BigEndian;
}

bool isUtf8(QByteArrayView block)
{
    for (qsizetype cut = 0; cut <= std::min(longestCut, block.size()); ++cut) {
        if (block.chopped(cut).isValidUtf8())
            return true;
    }
    return false;
}

}

bool looksLikeText(QByteArrayView block)
{
    if (utf16Of(block))
        return true;
    if (block.contains('\0'))
        return false;
    return isMostlyPrintable(block) || isUtf8(block);
}

TextCoding codingOf(QByteArrayView bytes)
{
    if (const auto utf16 = utf16Of(bytes))
        return *utf16;
    return bytes.isValidUtf8() ? TextCoding::Utf8 : TextCoding::EightBit;
}

QString decoded(const QByteArray& bytes, TextCoding coding)
{
    switch (coding) {
    case TextCoding::Utf8: return QString::fromUtf8(bytes);
    case TextCoding::Utf16LittleEndian: return QStringDecoder(QStringDecoder::Utf16LE, QStringConverter::Flag::ConvertInitialBom)(bytes);
    case TextCoding::Utf16BigEndian: return QStringDecoder(QStringDecoder::Utf16BE, QStringConverter::Flag::ConvertInitialBom)(bytes);
    case TextCoding::EightBit: return QString::fromLatin1(bytes);
    }
    Q_UNREACHABLE();
}

QByteArray encoded(const QString& text, TextCoding coding)
{
    switch (coding) {
    case TextCoding::Utf8: return text.toUtf8();
    case TextCoding::Utf16LittleEndian: return QStringEncoder(QStringEncoder::Utf16LE)(text);
    case TextCoding::Utf16BigEndian: return QStringEncoder(QStringEncoder::Utf16BE)(text);
    case TextCoding::EightBit: return text.toLatin1();
    }
    Q_UNREACHABLE();
}

}
