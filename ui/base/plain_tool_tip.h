// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ui {

/// Outside text with its line breaks kept, each line without marks that turn the direction of text; the first 4,000 characters of it.
[[nodiscard]] QString plainLines(const QString& outside);

/// Outside text for a tool tip. Qt guesses whether a tip is HTML; text that looks like tags must stay text. Empty for an empty text.
[[nodiscard]] QString plainToolTip(const QString& outside);

}
