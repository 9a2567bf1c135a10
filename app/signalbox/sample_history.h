// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QString>

namespace signalbox {

/// Writes a day of made-up jobs into a store, through the same flows that real ones take, on a clock that is set back: for pictures
/// and for trying the console. `inputKey` is a file of the storage that their inputs name. Blocks; not for the GUI's thread.
[[nodiscard]] core::Result<int> writeSampleHistory(const QString& storePath, const QString& storagePath, const QString& inputKey);

}
