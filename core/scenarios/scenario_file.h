// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/models.h"

namespace core::scenarios {

// A scenario as a file: JSON, one step after another, to be read and edited by people and kept in version control. Bytes are never lost:
// a body (and the input) stands as body_json where it is JSON, as it is spelt; as body_text where it is other text; else as body_base64.

inline constexpr int fileVersion = 1;
inline constexpr qsizetype largestFile = qsizetype{512} << 20;

[[nodiscard]] QByteArray scenarioJson(const Scenario& scenario);

/// Malformed: json_malformed and its kin. Invalid: scenario_format (another kind of file), scenario_version (a newer one), scenario_field
/// (a key that is missing, unknown or of the wrong kind). The field is the JSON pointer of what is wrong.
[[nodiscard]] Result<Scenario> parseScenario(const QByteArray& json);

/// NotFound file_not_found, Forbidden file_unreadable, TooLarge file_too_large; then as parseScenario().
[[nodiscard]] Result<Scenario> readScenario(const QString& path);

enum class IfThere { Refuse, Replace };
/// Whole or not at all. Conflict file_exists, Unavailable file_not_written.
[[nodiscard]] Result<void> writeScenario(const QString& path, const Scenario& scenario, IfThere ifThere);

}
