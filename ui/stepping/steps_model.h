// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/models.h"
#include "ui/deliveries/stage_lamps.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimeZone>

namespace ui {

/// The steps of a play, one row each; row 0 is the job as it was made, so that a row is a position.
class StepsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Number, What, Stages, CameTo };

    explicit StepsModel(const QTimeZone& zone, QObject* parent = nullptr);
    void setPlay(const core::scenarios::Scenario& scenario, const core::scenarios::Run& run);
    [[nodiscard]] const core::scenarios::Scenario& scenario() const { return m_scenario; }
    [[nodiscard]] const core::scenarios::Run& run() const { return m_run; }
    /// The step of a row; -1 for the first row.
    [[nodiscard]] static qsizetype stepOf(int row) { return row - 1; }
    /// Empty for a step that is no delivery.
    [[nodiscard]] QList<StageLamp> lampsAt(int row) const;
    /// Whether it went otherwise than its file says.
    [[nodiscard]] bool isOff(int row) const { return m_off.contains(stepOf(row)); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QString spoken(int row) const;

    QTimeZone m_zone;
    core::scenarios::Scenario m_scenario;
    core::scenarios::Run m_run;
    QSet<qsizetype> m_off;
};

}
