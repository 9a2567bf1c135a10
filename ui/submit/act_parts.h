// SPDX-License-Identifier: Apache-2.0
#pragma once

class QDialog;

namespace ui {

class ActDialog;

/// Making a job takes no reason (its journal row has none), so the dialog's line for one gives way.
void leaveOutReason(ActDialog& dialog);
/// The width of a workbench, and no more than the screen has.
void sizeAsWorkbench(QDialog& dialog);

}
