// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/preset_document.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"

namespace core::tasks {

QByteArray presetDocument(const captions::StoredPreset& preset)
{
    return "{\"name\":" + base::encodeJsonString(preset.name) + ",\"style\":" + preset.style +
           ",\"user_id\":" + base::encodeJsonString(preset.userId) + "}";
}

std::optional<captions::StoredPreset> readPresetDocument(const QByteArray& document)
{
    const auto json = JsonText::parse(document);
    if (!json || json->root().kind() != JsonKind::Object)
        return {};
    const auto name = json->root().member(u"name");
    const auto style = json->root().member(u"style");
    const auto user = json->root().member(u"user_id");
    if (!name || !style)
        return {};
    captions::StoredPreset preset;
    preset.name = name->string();
    preset.style = style->raw().toByteArray();
    preset.userId = user ? user->string() : QString();
    return preset;
}

}
