// SPDX-License-Identifier: Apache-2.0
#pragma once

class QApplication;

namespace signalbox {

struct Arguments;

/// Wires the console together and runs it; the exit code of usage().
[[nodiscard]] int runConsole(QApplication& application, const Arguments& arguments);

}
