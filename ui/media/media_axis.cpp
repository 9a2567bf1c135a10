// SPDX-License-Identifier: Apache-2.0
#include "ui/media/media_axis.h"

#include "ui/base/format.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {

namespace {

constexpr double shortestViewMs = 10;

/// Steps that people count in.
constexpr std::array<qint64, 25> steps = {1,       2,       5,         10,        20,        50,         100,       200,     500,
                                          1'000,   2'000,   5'000,     10'000,    15'000,    30'000,     60'000,    120'000, 300'000,
                                          600'000, 900'000, 1'800'000, 3'600'000, 7'200'000, 21'600'000, 86'400'000};

QString labelOf(qint64 ms, qint64 step)
{
    QString text = timecode(ms);    // always three digits after the point
    if (step >= 1000)
        text.chop(4);
    else if (step >= 100)
        text.chop(2);
    else if (step >= 10)
        text.chop(1);
    return text;
}

}

qint64 MediaAxis::bounded(qint64 ms)
{
    return std::clamp(ms, -longestMs, longestMs);
}

void MediaAxis::setDuration(qint64 ms)
{
    m_durationMs = std::clamp<qint64>(ms, 0, longestMs);
    fit();
}

void MediaAxis::setWidth(int pixels)
{
    m_width = std::max(1, pixels);
}

double MediaAxis::xOf(double ms) const
{
    return m_to > m_from ? (ms - m_from) / (m_to - m_from) * m_width : 0;
}

qint64 MediaAxis::msAt(double x) const
{
    const double ms = m_from + x / m_width * (m_to - m_from);
    return std::clamp<qint64>(std::llround(ms), 0, m_durationMs);
}

bool MediaAxis::isFit() const
{
    return m_from <= 0 && m_to >= double(m_durationMs);
}

void MediaAxis::fit()
{
    m_from = 0;
    m_to = double(m_durationMs);
}

void MediaAxis::show(double from, double length)
{
    const double whole = double(m_durationMs);
    const double shown = std::clamp(length, std::min(shortestViewMs, whole), whole);
    m_from = std::clamp(from, 0.0, whole - shown);
    m_to = m_from + shown;
}

void MediaAxis::zoom(double factor, double aroundMs)
{
    if (!(factor > 0))
        return;
    const double length = std::clamp((m_to - m_from) / factor, std::min(shortestViewMs, double(m_durationMs)), double(m_durationMs));
    const double share = m_to > m_from ? (aroundMs - m_from) / (m_to - m_from) : 0;
    show(aroundMs - share * length, length);
}

void MediaAxis::panBy(double ms)
{
    show(m_from + ms, m_to - m_from);
}

void MediaAxis::reveal(qint64 fromMs, qint64 toMs)
{
    const double length = m_to - m_from;
    if (double(toMs) > m_to)
        show(double(toMs) - length * 0.9, length);
    if (double(fromMs) < m_from)
        show(double(fromMs) - length * 0.1, length);
}

QList<AxisTick> MediaAxis::ticks(int labelWidth) const
{
    QList<AxisTick> ticks;
    if (m_durationMs <= 0)
        return ticks;
    const double msPerPixel = (m_to - m_from) / m_width;
    const double least = msPerPixel * std::max(1, labelWidth);
    qint64 step = steps.back();
    for (const qint64 each : steps) {
        if (double(each) >= least) {
            step = each;
            break;
        }
    }
    while (double(step) < least)
        step *= 2;
    for (qint64 ms = qint64(std::ceil(m_from / double(step))) * step; double(ms) <= m_to; ms += step)
        ticks << AxisTick{ms, xOf(double(ms)), labelOf(ms, step)};
    return ticks;
}

void paintAxisLabels(QPainter* painter, const MediaAxis& axis, const QRect& band, const QPalette& palette)
{
    painter->setFont(textFont(TextRole::Tiny));
    painter->setPen(themeOf(palette).text3);
    const QFontMetrics metrics = painter->fontMetrics();
    const int widest = metrics.horizontalAdvance(QStringLiteral("00:00:00"));
    const auto ticks = axis.ticks(widest + scaled(24));
    for (const AxisTick& tick : ticks) {
        const int width = metrics.horizontalAdvance(tick.label) + 2;
        // centred on its time, but never cut at either edge
        const int left = std::clamp(band.left() + int(tick.x) - width / 2, band.left(), std::max(band.left(), band.right() + 1 - width));
        painter->drawText(QRect(left, band.top(), width, band.height()), Qt::AlignLeft | Qt::AlignVCenter, tick.label);
    }
}

}
