// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/base/charts/percentile_chart.h"
#include "ui/pages/frame/page_frame.h"

class QPushButton;

namespace ui {

class InkLabel;
class ChartCard;
class RowTable;
class StatTile;
class ThroughputChart;

/// How the store does: numbers against the window before, jobs over time, how long they took and waited, and what fails.
class DashboardPage final : public PageFrame {
    Q_OBJECT

public:
    explicit DashboardPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] ThroughputChart& throughput() const { return *m_throughput; }
    [[nodiscard]] PercentileChart& lengths() const { return *m_lengths; }
    [[nodiscard]] RowTable& failures() const { return *m_failures; }
    /// What the page says, as Markdown.
    [[nodiscard]] QString asText() const;

protected:
    void reload() override;

private:
    void buildContent();
    void take(const core::backend::Dashboard& dashboard);
    void takeFailures(const core::jobs::FailureGroups& groups);
    void showTiles(const core::backend::Dashboard& dashboard);
    void fitWhat();
    void showWhat(PercentileChart::Of what);
    void showJobs(const QString& key);

    QList<StatTile*> m_tiles;
    ThroughputChart* m_throughput;
    PercentileChart* m_lengths;
    ChartCard* m_throughputCard = nullptr;
    ChartCard* m_lengthsCard = nullptr;
    QPushButton* m_what = nullptr;
    InkLabel* m_failuresCaption = nullptr;
    RowTable* m_failures = nullptr;
    core::jobs::FailureGroups m_groups;
};

}
