// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHeaderView>

namespace ui {

/// The titles above a RowTable: quiet, small, with the same inset as the cells below.
class RowHeader final : public QHeaderView {
    Q_OBJECT

public:
    explicit RowHeader(QWidget* parent = nullptr);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
};

}
