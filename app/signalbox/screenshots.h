// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalbox/arguments.h"

class QApplication;

namespace signalbox {

/// Renders the main pages into PNG files, light and dark, at 1x and 1.5x: NN-name-THEME-SCALE.png, each named on standard output.
/// On sample data unless a store is given. The scale is fixed when a program starts, so each has a process of its own.
[[nodiscard]] int renderScreenshots(QApplication& application, const Arguments& arguments);

}
