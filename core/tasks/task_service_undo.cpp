// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "core/tasks/preset_document.h"
#include "core/tasks/task_service.h"
#include "core/tasks/undo.h"

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

Error overtaken(const QString& what)
{
    return {ErrorKind::Conflict, u"undo_overtaken"_s, u"%1 was changed again since"_s.arg(what), u"id"_s, {}};
}

QString reasonOf(const jobs::JournalEntry& entry)
{
    return u"Undoes %1 of %2"_s.arg(entry.action, entry.id.text);
}

}

bool canUndo(const QString& action)
{
    return action == u"pause"_s || action == u"resume"_s || action == u"preset_save"_s || action == u"preset_remove"_s;
}

Result<void> TaskService::undo(const Caller& caller, const JournalId& id)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return allowed;
    const auto entry = m_journal.find(id);
    if (!entry)
        return errorOf(entry);
    if (!*entry)
        return failure(ErrorKind::NotFound, u"journal_unknown"_s, u"There is no journal entry %1"_s.arg(id.text), u"id"_s);
    if (!canUndo((*entry)->action))
        return failure(ErrorKind::Invalid, u"undo_impossible"_s, u"'%1' has no inverse"_s.arg((*entry)->action), u"id"_s);
    return (*entry)->target.startsWith(u"preset:"_s) ? undoPreset(caller, **entry) : undoPause(caller, **entry);
}

Result<void> TaskService::undoPause(const Caller& caller, const jobs::JournalEntry& entry)
{
    const bool wasPaused = entry.action == u"pause"_s;
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    const auto isPaused = m_queue.isPaused(broker::defaultQueue);
    if (!isPaused)
        return errorOf(isPaused);
    if (*isPaused != wasPaused)
        return tl::make_unexpected(overtaken(u"The queue"_s));
    const auto written = setPaused(caller, !wasPaused, reasonOf(entry)).and_then([&] { return transaction->commit(); });
    if (written)
        tellWorkers();
    return written;
}

Result<void> TaskService::undoPreset(const Caller& caller, const jobs::JournalEntry& entry)
{
    if (!entry.before && !entry.after)    // a row of a foreign or damaged store
        return failure(ErrorKind::Malformed, u"journal_malformed"_s, u"The journal does not hold the preset at all"_s, u"after"_s);
    const PresetId id{entry.target.mid(QStringView(u"preset:").size())};
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    if (const auto locked = m_presets.lockForChange(); !locked)
        return errorOf(locked);
    const auto now = m_presets.find(id);
    if (!now)
        return errorOf(now);
    const auto document = *now ? std::optional(presetDocument(**now)) : std::nullopt;
    if (document != entry.after)    // a removal left nothing
        return tl::make_unexpected(overtaken(u"The preset"_s));
    auto before = entry.before ? readPresetDocument(*entry.before) : std::nullopt;
    if (entry.before && !before)
        return failure(ErrorKind::Malformed, u"journal_malformed"_s, u"The journal does not hold the preset as it was"_s, u"before"_s);
    if (before)
        before->id = id;    // jobs name it by this id
    const auto written =
        (before ? writePreset(caller, *before, *now, reasonOf(entry)) : deletePreset(caller, **now, reasonOf(entry))).and_then([&] {
            return transaction->commit();
        });
    if (written)
        tellListeners();
    return written;
}

}
