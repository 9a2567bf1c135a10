// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/base/row_model.h"
#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace ui {

[[nodiscard]] QColor inkOf(RowInk ink, const Theme& theme);

/// Paints the cells of a RowTable (look.md, Table).
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) override;
};

}
