// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/stepping/steps_model.h"

#include <QTableView>

namespace ui {

/// The steps of a play with a small lamp for each stage. Its rows are as many as there are steps; only those in sight are painted.
class StepsTable final : public QTableView {
    Q_OBJECT

public:
    explicit StepsTable(StepsModel* model, QWidget* parent = nullptr);
    [[nodiscard]] StepsModel& steps() const { return *m_model; }
    void goTo(int row);

signals:
    void currentRowChanged(int row);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyMetrics();
    StepsModel* m_model;
};

}
