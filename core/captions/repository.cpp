// SPDX-License-Identifier: Apache-2.0
#include "core/captions/repository.h"

namespace core::captions {

using namespace Qt::StringLiterals;
using database::Path;

namespace {

#define PRESET_COLUMNS "id, name, style, is_builtin, coalesce(user_id, ''), created_at, updated_at"

StoredPreset presetFromRow(database::Row& row)
{
    StoredPreset preset;
    preset.id = row.id<PresetId>();
    preset.name = row.string();
    preset.style = row.bytes();
    preset.isBuiltin = row.boolean();
    preset.userId = row.string();
    preset.createdAt = row.time();
    preset.updatedAt = row.time();
    return preset;
}

}

Result<std::optional<QByteArray>> PresetRepository::styleOf(const PresetId& id) const
{
    auto query = m_database.prepare("SELECT style FROM caption_presets WHERE id = :id", database::Path::Hot);
    query.bind(":id", id);
    return query.fetchOne([](database::Row& row) { return row.bytes(); });
}

Result<QList<StoredPreset>> PresetRepository::all() const
{
    auto query = m_database.prepare("SELECT " PRESET_COLUMNS " FROM caption_presets ORDER BY name, id LIMIT :limit", Path::Hot);
    query.bind(":limit", presetCeiling);
    return query.fetchAll(presetFromRow);
}

Result<std::optional<StoredPreset>> PresetRepository::find(const PresetId& id) const
{
    auto query = m_database.prepare("SELECT " PRESET_COLUMNS " FROM caption_presets WHERE id = :id", Path::Hot);
    query.bind(":id", id);
    return query.fetchOne(presetFromRow);
}

Result<void> PresetRepository::lockForChange()
{
    if (!m_database.isPostgres())
        return {};    // there is one writer
    return m_database.prepare("LOCK TABLE caption_presets IN SHARE ROW EXCLUSIVE MODE", Path::Hot).exec();
}

Result<void> PresetRepository::insert(const StoredPreset& preset)
{
    auto query = m_database.prepare("INSERT INTO caption_presets (id, name, style, is_builtin, user_id, created_at, updated_at) "
                                    "VALUES (:id, :name, :style, :is_builtin, :user_id, :created_at, :updated_at)",
                                    Path::Hot);
    query.bind(":id", preset.id).bind(":name", preset.name).bindUtf8(":style", preset.style).bind(":is_builtin", preset.isBuiltin);
    query.bind(":user_id", preset.userId).bind(":created_at", preset.createdAt).bind(":updated_at", preset.updatedAt);
    return query.exec();
}

Result<void> PresetRepository::update(const StoredPreset& preset)
{
    auto query =
        m_database.prepare("UPDATE caption_presets SET name = :name, style = :style, updated_at = :updated_at WHERE id = :id", Path::Hot);
    query.bind(":name", preset.name).bindUtf8(":style", preset.style).bind(":updated_at", preset.updatedAt).bind(":id", preset.id);
    return query.exec();
}

Result<void> PresetRepository::remove(const PresetId& id)
{
    auto query = m_database.prepare("DELETE FROM caption_presets WHERE id = :id", Path::Hot);
    query.bind(":id", id);
    return query.exec();
}

}
