// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace app {

/// The whole program: `words` without its own name; what main() returns.
[[nodiscard]] int runProgram(const QStringList& words);

}
