// SPDX-License-Identifier: Apache-2.0
#pragma once

class QDialog;

namespace ui {

/// The width of a workbench, and no more than the screen has.
void sizeAsWorkbench(QDialog& dialog);

}
