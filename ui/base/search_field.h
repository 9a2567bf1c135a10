// SPDX-License-Identifier: Apache-2.0
#pragma once

class QLineEdit;

namespace ui {

/// Names the small buttons inside a field (its drawing, its clear button) for a screen reader; call it after they were added.
void nameFieldButtons(QLineEdit* field);

}
