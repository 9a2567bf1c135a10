// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QWidget;

namespace ui {

/// Confirms a background act at the bottom right of the window for six seconds. Takes no focus and no click.
void showToast(QWidget& window, const QString& text);

}
