// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/tree_view.h"

namespace ui {

TreeView::TreeView(core::Lane&, QWidget* parent) : QWidget(parent) {}
TreeView::~TreeView() = default;
void TreeView::setText(const core::JsonText&, bool) {}
void TreeView::clear() {}

}
