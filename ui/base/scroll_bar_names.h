// SPDX-License-Identifier: Apache-2.0
#pragma once

class QAbstractScrollArea;

namespace ui {

/// Tells a screen reader what the scroll bars of `area` move: its accessible name must be set before.
void nameScrollBars(QAbstractScrollArea& area);

}
