// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"

namespace core::captions {

class PresetRepository {
public:
    explicit PresetRepository(database::Database& database) : m_database(database) {}
    /// The style of a stored preset (JSON); built-in ones are values in presets.h and have no row.
    [[nodiscard]] Result<std::optional<QByteArray>> styleOf(const PresetId& id) const;

private:
    database::Database& m_database;
};

}
