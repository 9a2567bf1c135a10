// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/captions/models.h"

#include <optional>

namespace core::captions {

/// "bottom", "middle", "top".
[[nodiscard]] QString positionName(CaptionPosition position);
[[nodiscard]] std::optional<CaptionPosition> positionFromName(const QString& name);

/// Invalid `bad_style` with the field to blame ("style/font", "style/primary_color", ...): a font name without commas or control characters, colours as
/// "#RRGGBB", sizes within reason.
[[nodiscard]] Result<void> checkStyle(const CaptionStyle& style);

[[nodiscard]] std::optional<BuiltinPreset> findBuiltinPreset(const PresetId& id);

}
