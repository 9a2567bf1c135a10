// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/base/charts/bucket_chart.h"

namespace ui {

/// Jobs that ended in each part of the window: done below, failed hatched on it, cancelled on top. Parts with unusually many failures
/// are framed and named.
class ThroughputChart final : public BucketChart {
    Q_OBJECT

public:
    explicit ThroughputChart(QWidget* parent = nullptr);
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString valueText(int bucket) const override;
    [[nodiscard]] QList<RowColumn> tableColumns() const override;

    /// The first run of parts in which a quarter or more of at least eight ended jobs failed: [first, last]; {-1, -1} for none.
    [[nodiscard]] std::pair<int, int> failurePeak() const;

protected:
    [[nodiscard]] double highest() const override;
    [[nodiscard]] bool countsThings() const override { return true; }
    [[nodiscard]] int labelRoom() const override { return 88; }
    void paintSeries(QPainter* painter, const Theme& theme) override;
    [[nodiscard]] QList<RowCell> tableCells(int bucket) const override;

private:
    void paintPeak(QPainter* painter, const Theme& theme) const;
    void paintLegend(QPainter* painter, const Theme& theme) const;
};

}
