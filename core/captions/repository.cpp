// SPDX-License-Identifier: Apache-2.0
#include "core/captions/repository.h"

namespace core::captions {

Result<std::optional<QByteArray>> PresetRepository::styleOf(const PresetId& id) const
{
    auto query = m_database.prepare("SELECT style FROM caption_presets WHERE id = :id", database::Path::Hot);
    query.bind(":id", id);
    return query.fetchOne([](database::Row& row) { return row.bytes(); });
}

}
