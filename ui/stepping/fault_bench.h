// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/faults.h"

#include <QHash>
#include <QWidget>

class QPushButton;

namespace ui {

class InkLabel;

/// What can go wrong with the chosen step: a button for each fault, what it does, and what is to be expected.
class FaultBench final : public QWidget {
    Q_OBJECT

public:
    explicit FaultBench(QWidget* parent = nullptr);
    /// `step`: from 0; -1 where none is chosen.
    void showFor(const core::scenarios::Scenario& scenario, qsizetype step);
    /// While a play is under way nothing can be chosen.
    void setBusy();
    /// How many faults can be taken back.
    void setTaken(qsizetype faults);

signals:
    void faultAsked(core::scenarios::Fault fault);
    void takeBackAsked();

private:
    QHash<core::scenarios::Fault, QPushButton*> m_buttons;
    InkLabel* m_target;
    QPushButton* m_takeBack;
};

}
