// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/base/charts/bucket_chart.h"

namespace ui {

/// p50, p95 and p99 over the parts of the window, each with a dash of its own and its name at the end of the line. A part without
/// values breaks the lines: no time is no zero.
class PercentileChart final : public BucketChart {
    Q_OBJECT

public:
    enum class Of { Run, Wait };

    explicit PercentileChart(const QString& name, QWidget* parent = nullptr);
    void setOf(Of what);
    [[nodiscard]] Of of() const { return m_of; }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString valueText(int bucket) const override;
    [[nodiscard]] QList<RowColumn> tableColumns() const override;

protected:
    [[nodiscard]] double highest() const override;
    [[nodiscard]] bool countsThings() const override { return false; }
    [[nodiscard]] int labelRoom() const override { return 96; }
    void paintSeries(QPainter* painter, const Theme& theme) override;
    [[nodiscard]] QList<RowCell> tableCells(int bucket) const override;

private:
    [[nodiscard]] const core::jobs::Percentiles& percentilesOf(const core::jobs::SpanStatistics& span) const;
    void paintEndLabels(QPainter* painter, const Theme& theme) const;

    Of m_of = Of::Run;
};

/// Places of labels, the lowest on the screen first: at least `step` apart and within top and bottom, as near to where they were wanted
/// as that allows.
[[nodiscard]] QList<double> spreadFromBelow(QList<double> places, double step, double top, double bottom);

}
