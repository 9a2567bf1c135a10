// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/captions/models.h"

#include <QList>

#include <optional>

namespace core::captions {

/// "bottom", "middle", "top".
[[nodiscard]] QString positionName(CaptionPosition position);
[[nodiscard]] std::optional<CaptionPosition> positionFromName(const QString& name);

/// Invalid `bad_style` with the field to blame ("style/font", "style/primary_color", ...): a font name without commas or control characters, colours as
/// "#RRGGBB", sizes within reason.
[[nodiscard]] Result<void> checkStyle(const CaptionStyle& style);

struct BuiltinPreset {
    PresetId id;
    QString name;
    CaptionStyle style;
};

/// The presets that every store has: their ids never change and nobody edits them. The first is the one used when a job names none.
[[nodiscard]] const QList<BuiltinPreset>& builtinPresets();
[[nodiscard]] std::optional<BuiltinPreset> findBuiltinPreset(const PresetId& id);

}
