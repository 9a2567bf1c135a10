// SPDX-License-Identifier: Apache-2.0
#pragma once

class QPainter;
class QStyleOptionViewItem;
class QTableView;

namespace ui {

/// What stands under every cell of a media table: hairline below, highlight for the current row (grey without the focus), the 3 px
/// rule at its first column.
void paintRowGround(QPainter* painter, const QStyleOptionViewItem& option, bool isFirstColumn);

/// Whole rows, one at a time, no grid, no editing, rows of that height, headers of 28 px in the small type.
void setUpRows(QTableView* table, int rowHeight);

}
