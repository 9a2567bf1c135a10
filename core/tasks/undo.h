// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace core::tasks {

/// Whether acts of this name (JournalEntry::action) have an inverse: pause, resume, preset_save, preset_remove. What a cancel ended
/// stays ended; what was sent was sent.
[[nodiscard]] bool canUndo(const QString& action);

}
