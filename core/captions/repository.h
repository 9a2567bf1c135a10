// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/captions/models.h"
#include "core/database/database.h"

namespace core::captions {

class PresetRepository {
public:
    explicit PresetRepository(database::Database& database) : m_database(database) {}
    /// The style of a stored preset (JSON); built-in ones are values in presets.h and have no row.
    [[nodiscard]] Result<std::optional<QByteArray>> styleOf(const PresetId& id) const;
    /// By name, at most presetCeiling.
    [[nodiscard]] Result<QList<StoredPreset>> all() const;
    [[nodiscard]] Result<std::optional<StoredPreset>> find(const PresetId& id) const;
    /// In a transaction that writes presets: what is read in it of them, names above all, nobody else changes before it ends.
    [[nodiscard]] Result<void> lockForChange();
    [[nodiscard]] Result<void> insert(const StoredPreset& preset);
    /// Name, style and time of change; nothing if there is no such row.
    [[nodiscard]] Result<void> update(const StoredPreset& preset);
    [[nodiscard]] Result<void> remove(const PresetId& id);

private:
    database::Database& m_database;
};

}
