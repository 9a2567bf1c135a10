// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHeaderView>

namespace ui {

/// Column titles in small text 2, inset as far as the cells of our small tables and trees, aligned as the model says.
class PlainHeader final : public QHeaderView {
    Q_OBJECT

public:
    explicit PlainHeader(QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
};

}
