// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"
#include "ui/submit/input_fields.h"

#include <optional>

namespace ui {

/// What a person types in a field, as JSON; empty for nothing, which takes the key away. What cannot be read is a JSON string of the text:
/// then form and document agree, and the schema says what is wrong with it.
[[nodiscard]] QByteArray jsonOfText(FieldKind kind, const QString& text);
/// The other way: "0:01.500, 0:03" of a list of times; one line for each segment ("0:01.963 - 0:03.463") and caption ("... Good morning").
/// A list that these words cannot hold is shown as its JSON.
[[nodiscard]] QString textOfJson(FieldKind kind, const core::JsonValue& value);

/// Milliseconds of "1500", "1500 ms", "1.5 s", "0:01.500" or "1:02:03.5"; none if it is none of these.
[[nodiscard]] std::optional<qint64> parseMoment(QStringView text);

}
