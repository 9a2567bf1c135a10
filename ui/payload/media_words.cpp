// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/media_words.h"

#include "ui/base/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MediaWords", text);
}

/// One digit after the point, none where it would be zero.
QString rounded(double number)
{
    QString text = QString::number(number, 'f', 1);
    if (text.endsWith(u".0"))
        text.chop(2);
    return text;
}

}

QString bitRateText(qint64 bitsPerSecond)
{
    const auto bits = static_cast<double>(bitsPerSecond);
    if (bitsPerSecond >= 1'000'000)
        return tr("%1 Mbit/s").arg(rounded(bits / 1e6));
    if (bitsPerSecond >= 1000)
        return tr("%1 kbit/s").arg(rounded(bits / 1e3));
    return tr("%1 bit/s").arg(bitsPerSecond);
}

QString frameRateText(double framesPerSecond)
{
    return tr("%1 fps").arg(numberText(framesPerSecond));
}

QString sampleRateText(qint64 hertz)
{
    return hertz >= 1000 ? tr("%1 kHz").arg(numberText(static_cast<double>(hertz) / 1000)) : tr("%1 Hz").arg(hertz);
}

QString channelsText(qint64 channels)
{
    return channels == 1 ? tr("mono") : channels == 2 ? tr("stereo") : tr("%1 channels").arg(channels);
}

QString millisecondsText(qint64 milliseconds)
{
    return tr("%1 ms").arg(countText(milliseconds));
}

QString decibelText(double decibels)
{
    return tr("%1 dB").arg(numberText(decibels).replace(u'-', u'\u2212'));
}

QString numberText(double number)
{
    return QString::number(number, 'g', QLocale::FloatingPointShortest);
}

}
