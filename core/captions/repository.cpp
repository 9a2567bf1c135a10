// SPDX-License-Identifier: Apache-2.0
#include "core/captions/repository.h"

namespace core::captions {

Result<std::optional<QByteArray>> PresetRepository::styleOf(const PresetId& id) const
{
    auto query = m_database.prepare("SELECT style FROM caption_presets WHERE id = :id", database::Path::Hot);
    query.bind(":id", id);
    return query.fetchOne([](database::Row& row) { return row.bytes(); });
}

Result<QList<StoredPreset>> PresetRepository::all() const
{
    auto query =
        m_database.prepare("SELECT id, name, style, is_builtin, coalesce(user_id, ''), created_at, updated_at FROM caption_presets "
                           "ORDER BY name, id LIMIT :limit",
                           database::Path::Hot);
    query.bind(":limit", presetCeiling);
    return query.fetchAll([](database::Row& row) {
        StoredPreset preset;
        preset.id = row.id<PresetId>();
        preset.name = row.string();
        preset.style = row.bytes();
        preset.isBuiltin = row.boolean();
        preset.userId = row.string();
        preset.createdAt = row.time();
        preset.updatedAt = row.time();
        return preset;
    });
}

}
