// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/metrics.h"

#include <functional>

class QWidget;

namespace ui {

/// Does it now, and again whenever the text size of the program changes: for sizes that are set once.
void followTextSize(QWidget* widget, std::function<void()> fit);
/// In this type from now on, whatever the text size becomes. A second call for the same widget takes the place of the first.
void keepFont(QWidget* widget, TextRole role);
/// So high, in the pixels of look.md, at every text size.
void keepHeight(QWidget* widget, int pixelsAtBody);
void keepWidth(QWidget* widget, int pixelsAtBody);

}
