// SPDX-License-Identifier: Apache-2.0
#include "ui/base/charts/percentile_chart.h"

#include "ui/base/format.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::Percentiles;
using core::jobs::SpanStatistics;

namespace {

using Value = std::optional<std::chrono::microseconds> Percentiles::*;
constexpr Value lines[] = {&Percentiles::p50, &Percentiles::p95, &Percentiles::p99};
constexpr const char* names[] = {"p50", "p95", "p99"};

QPen penOf(int line, const Theme& theme)
{
    const QColor inks[] = {theme.accent, theme.warning().ink, theme.text2};
    QPen pen(inks[line], 1.5);
    if (line == 1)
        pen.setDashPattern({4, 2.5});
    if (line == 2)
        pen.setDashPattern({1.2, 2.2});
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

double seconds(std::chrono::microseconds length)
{
    return std::chrono::duration<double>(length).count();
}

QString textOf(const std::optional<std::chrono::microseconds>& value)
{
    return value ? lengthText(*value) : u"\u2013"_s;
}

}

PercentileChart::PercentileChart(const QString& name, QWidget* parent) : BucketChart(name, parent) {}

void PercentileChart::setOf(Of what)
{
    m_of = what;
    update();
}

const Percentiles& PercentileChart::percentilesOf(const SpanStatistics& span) const
{
    return m_of == Of::Run ? span.run : span.wait;
}

double PercentileChart::highest() const
{
    double most = 0;
    for (const SpanStatistics& bucket : statistics().buckets) {
        if (const auto& p99 = percentilesOf(bucket).p99)
            most = std::max(most, seconds(*p99));
    }
    return most;
}

QString PercentileChart::summary() const
{
    const Percentiles& all = percentilesOf(statistics().whole);
    if (all.count == 0)
        return tr("No job in this window has a time to show.");
    const QString what = m_of == Of::Run ? tr("Jobs took") : tr("Jobs waited");
    return tr("%1 %2 at the median, %3 at p95, %4 at p99, over %5 jobs.")
        .arg(what, textOf(all.p50), textOf(all.p95), textOf(all.p99), countText(all.count));
}

QString PercentileChart::valueText(int bucket) const
{
    const Percentiles& one = percentilesOf(statistics().buckets.at(bucket));
    if (one.count == 0)
        return tr("%1 · no job").arg(bucketName(bucket));
    return tr("%1 · p50 %2 · p95 %3 · p99 %4").arg(bucketName(bucket), textOf(one.p50), textOf(one.p95), textOf(one.p99));
}

QList<RowColumn> PercentileChart::tableColumns() const
{
    return {{tr("From"), 120, false, true}, {u"p50"_s, 72, true}, {u"p95"_s, 72, true}, {u"p99"_s, 72, true}, {tr("Jobs"), 64, true}};
}

QList<RowCell> PercentileChart::tableCells(int bucket) const
{
    const Percentiles& one = percentilesOf(statistics().buckets.at(bucket));
    return {RowCell{bucketName(bucket)}, RowCell{textOf(one.p50)}, RowCell{textOf(one.p95)}, RowCell{textOf(one.p99)},
            RowCell{countText(one.count)}};
}

void PercentileChart::paintSeries(QPainter* painter, const Theme& theme)
{
    painter->setBrush(Qt::NoBrush);
    for (int line = 2; line >= 0; --line) {
        painter->setPen(penOf(line, theme));
        QPainterPath path;
        bool isOn = false;
        for (int i = 0; i < buckets(); ++i) {
            const auto& value = percentilesOf(statistics().buckets.at(i)).*lines[line];
            if (!value) {
                isOn = false;
                continue;
            }
            const QPointF point((xOf(i) + xOf(i + 1)) / 2, yOf(seconds(*value)));
            const bool isAlone = !isOn && (i + 1 >= buckets() || !(percentilesOf(statistics().buckets.at(i + 1)).*lines[line]));
            if (isAlone) {
                path.addEllipse(point, 1.5, 1.5);
            } else if (isOn) {
                path.lineTo(point);
            } else {
                path.moveTo(point);
            }
            isOn = true;
        }
        painter->drawPath(path);
    }
    paintEndLabels(painter, theme);
}

QList<double> spreadFromBelow(QList<double> places, double step, double top, double bottom)
{
    double limit = bottom;
    for (double& place : places) {
        place = std::min(place, limit);
        limit = place - step;
    }
    limit = top;
    for (auto place = places.rbegin(); place != places.rend(); ++place) {    // what was pushed out above comes back in
        *place = std::max(*place, limit);
        limit = *place + step;
    }
    return places;
}

/// Each name beside the last point of its line, pushed apart where they would cover each other.
void PercentileChart::paintEndLabels(QPainter* painter, const Theme& theme) const
{
    struct Label {
        int line = 0;
        double y = 0;
        QString value;
    };
    QList<Label> labels;
    for (int line = 0; line < 3; ++line) {
        for (int i = buckets() - 1; i >= 0; --i) {
            if (const auto& value = percentilesOf(statistics().buckets.at(i)).*lines[line]) {
                labels += {line, yOf(seconds(*value)), textOf(value)};
                break;
            }
        }
    }
    const double step = scaled(18);    // a line of text and air
    const QRectF area = plot();
    QList<double> places;
    for (const Label& label : labels)
        places << label.y;
    places = spreadFromBelow(places, step, area.top(), area.bottom());
    for (qsizetype i = 0; i < labels.size(); ++i)
        labels[i].y = places.at(i);
    for (const Label& label : labels) {
        const QString name = QString::fromLatin1(names[label.line]);
        painter->setFont(textFont(TextRole::SmallEmphasis));
        painter->setPen(penOf(label.line, theme).color());
        const int width = painter->fontMetrics().horizontalAdvance(name);
        const double left = area.right() + scaled(8);
        painter->drawText(QRectF(left, label.y - step / 2, width + 2, step), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter->setFont(textFont(TextRole::Small));
        painter->drawText(QRectF(left + width + scaled(4), label.y - step / 2, scaled(64), step), Qt::AlignLeft | Qt::AlignVCenter,
                          label.value);
    }
}

}
