// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/models.h"

#include <QTimeZone>
#include <QWidget>

namespace ui {

class DiffTable;
class InkLabel;
class StageLamps;

/// One position of a play: what the step was, its stages, and the rows there are after it with what it changed.
class StepView final : public QWidget {
    Q_OBJECT

public:
    explicit StepView(const QTimeZone& zone, QWidget* parent = nullptr);
    void showPosition(const core::scenarios::Scenario& scenario, const core::scenarios::Run& run, qsizetype position);
    [[nodiscard]] DiffTable& rows() const { return *m_rows; }
    [[nodiscard]] StageLamps& lamps() const { return *m_lamps; }
    [[nodiscard]] QString sentence() const;

private:
    QTimeZone m_zone;
    InkLabel* m_title;
    InkLabel* m_time;
    InkLabel* m_sentence;
    StageLamps* m_lamps;
    DiffTable* m_rows;
};

}
