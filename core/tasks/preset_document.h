// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/captions/models.h"

namespace core::tasks {

/// A preset as the journal keeps it: {"name", "style", "user_id"}.
[[nodiscard]] QByteArray presetDocument(const captions::StoredPreset& preset);

/// Back from there; none if it is no such document. Only name, style and userId are set.
[[nodiscard]] std::optional<captions::StoredPreset> readPresetDocument(const QByteArray& document);

}
