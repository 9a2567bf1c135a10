// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/replay/replay_model.h"

#include <QTableView>

namespace ui {

/// The deliveries of a replay with their check marks. Space includes or leaves out the chosen rows; a click on the mark does it for one.
class ReplayTable final : public QTableView {
    Q_OBJECT

public:
    explicit ReplayTable(ReplayModel* model, QWidget* parent = nullptr);
    [[nodiscard]] ReplayModel& deliveries() const { return *m_model; }

signals:
    void currentRowChanged(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    ReplayModel* m_model;
};

}
