// SPDX-License-Identifier: Apache-2.0
#include "core/captions/style.h"
#include "core/database/transaction.h"
#include "core/tasks/caption_style.h"
#include "core/tasks/preset_document.h"
#include "core/tasks/task_service.h"

#include <algorithm>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 120;

Result<void> checkName(const QString& name)
{
    const bool plain = std::all_of(name.begin(), name.end(), [](QChar c) { return c.isPrint(); });
    if (name.trimmed().isEmpty() || name.size() > longestName || !plain)
        return failure(ErrorKind::Invalid, u"preset_name"_s, u"A preset's name is 1 to %1 characters in one line"_s.arg(longestName),
                       u"name"_s);
    return {};
}

Result<void> refuseBuiltin(const PresetId& id)
{
    if (const auto builtin = captions::findBuiltinPreset(id))
        return failure(ErrorKind::Forbidden, u"preset_builtin"_s, u"'%1' is built in and stays as it is; save a copy"_s.arg(builtin->name),
                       u"id"_s);
    return {};
}

Error unknownPreset(const PresetId& id)
{
    return {ErrorKind::NotFound, u"preset_unknown"_s, u"There is no caption preset %1"_s.arg(id.text), u"id"_s, {}};
}

/// Two presets of one name could not be told apart in a list of names.
Result<void> refuseTakenName(const QList<captions::StoredPreset>& all, const captions::StoredPreset& wanted)
{
    const auto& builtins = captions::builtinPresets();
    const auto same = [&](const auto& other) { return other.id != wanted.id && other.name.compare(wanted.name, Qt::CaseInsensitive) == 0; };
    if (std::any_of(all.begin(), all.end(), same) || std::any_of(builtins.begin(), builtins.end(), same))
        return failure(ErrorKind::Conflict, u"preset_name_taken"_s, u"There is a preset '%1' already"_s.arg(wanted.name), u"name"_s);
    return {};
}

}

Result<PresetId> TaskService::savePreset(const Caller& caller, const PresetDraft& draft)
{
    if (const auto allowed = base::requireWrite(caller).and_then([&] { return checkName(draft.name); }).and_then([&] {
            return captions::checkStyle(draft.style);
        });
        !allowed)
        return errorOf(allowed);
    captions::StoredPreset preset;
    preset.id = draft.id.value_or(newId<PresetId>());
    preset.name = draft.name.trimmed();
    preset.userId = draft.userId;
    if (const auto ours = refuseBuiltin(preset.id); !ours)
        return errorOf(ours);
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    if (const auto locked = m_presets.lockForChange(); !locked)
        return errorOf(locked);
    const auto before = m_presets.find(preset.id);
    if (!before)
        return errorOf(before);
    if (draft.id && !*before)
        return tl::make_unexpected(unknownPreset(preset.id));
    if (*before && draft.readAt && (*before)->updatedAt != *draft.readAt)
        return failure(ErrorKind::Conflict, u"preset_overtaken"_s,
                       u"The preset '%1' was changed by somebody else since it was read"_s.arg((*before)->name), u"id"_s);
    preset.style = *before ? writeCaptionStyleInto((*before)->style, draft.style) : writeCaptionStyle(draft.style);
    const auto written = writePreset(caller, preset, *before, {}).and_then([&] { return transaction->commit(); });
    if (!written)
        return errorOf(written);
    tellListeners();
    return preset.id;
}

Result<void> TaskService::removePreset(const Caller& caller, const PresetId& id)
{
    if (const auto allowed = base::requireWrite(caller).and_then([&] { return refuseBuiltin(id); }); !allowed)
        return allowed;
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    if (const auto locked = m_presets.lockForChange(); !locked)
        return errorOf(locked);
    const auto before = m_presets.find(id);
    if (!before)
        return errorOf(before);
    if (!*before)
        return tl::make_unexpected(unknownPreset(id));
    const auto written = deletePreset(caller, **before, {}).and_then([&] { return transaction->commit(); });
    if (written)
        tellListeners();
    return written;
}

/// The row and its journal entry, in the transaction that is open.
Result<void> TaskService::writePreset(const Caller& caller, captions::StoredPreset preset,
                                      const std::optional<captions::StoredPreset>& before, const QString& reason)
{
    const auto all = m_presets.all();
    if (!all)
        return errorOf(all);
    if (const auto free = refuseTakenName(*all, preset); !free)
        return free;
    preset.updatedAt = m_settings.clock();
    preset.createdAt = before ? before->createdAt : preset.updatedAt;
    const auto was = before ? std::optional(presetDocument(*before)) : std::nullopt;
    return (before ? m_presets.update(preset) : m_presets.insert(preset)).and_then([&] {
        return journal(caller, u"preset_save"_s, u"preset:"_s + preset.id.text, reason, was, presetDocument(preset));
    });
}

Result<void> TaskService::deletePreset(const Caller& caller, const captions::StoredPreset& preset, const QString& reason)
{
    return m_presets.remove(preset.id).and_then(
        [&] { return journal(caller, u"preset_remove"_s, u"preset:"_s + preset.id.text, reason, presetDocument(preset)); });
}

}
