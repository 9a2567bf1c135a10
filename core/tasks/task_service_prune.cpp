// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "core/tasks/actor_output.h"
#include "core/tasks/task_service.h"

#include <QSet>

#include <algorithm>

namespace core::tasks {

using namespace Qt::StringLiterals;

/// What goes, and what stays for a reason. Read in one transaction, so that a dry run and a real one see it alike.
struct TaskService::PrunePlan {
    QList<JobId> jobs;
    QList<files::File> files;
    QStringList folders;    ///< storage keys: the jobs' own output folders
    qint64 stillNeeded = 0;
};

namespace {

/// The folders from a file's own up to its job's output folder; none for a file that stands elsewhere.
QStringList foldersAbove(const QString& key, const QSet<QString>& outputFolders)
{
    QStringList folders;
    for (QString folder = key.section(u'/', 0, -2); !folder.isEmpty(); folder = folder.section(u'/', 0, -2)) {
        folders << folder;
        if (outputFolders.contains(folder))
            return folders;
    }
    return {};
}

}

Result<PruneAnswer> TaskService::prune(const Caller& caller, const PruneRequest& request)
{
    if (!request.dryRun) {
        if (const auto allowed = requireManyAllowed(caller, request.jobs, request.reason); !allowed)
            return errorOf(allowed);
    }
    auto transaction = request.dryRun ? database::Transaction::beginRead(m_database) : database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    const auto plan = planPrune(request);
    if (!plan)
        return errorOf(plan);
    PruneAnswer answer;
    answer.jobs = plan->jobs;
    answer.files = plan->files.size();
    answer.stillNeeded = plan->stillNeeded;
    for (const files::File& file : plan->files)
        answer.bytes += file.sizeBytes.value_or(0);
    if (request.dryRun) {
        if (const auto ended = transaction->commit(); !ended)    // a storage on a network may be slow to look at
            return errorOf(ended);
        answer.missingFiles = missingOf(*plan);
        return answer;
    }
    answer.skipped = request.jobs.size() - plan->jobs.size();
    if (const auto removed = removeRows(caller, *plan, request.reason).and_then([&] { return transaction->commit(); }); !removed)
        return errorOf(removed);
    // Rows first: a file without a row wastes space, a row without a file would be a lie.
    answer.missingFiles = missingOf(*plan);
    removeFiles(*plan);
    tellListeners();
    return answer;
}

Result<TaskService::PrunePlan> TaskService::planPrune(const PruneRequest& request) const
{
    const auto ids =
        request.dryRun ? m_jobs.finishedBefore(request.before, request.limit) : m_jobs.finishedBefore(request.before, request.jobs);
    if (!ids)
        return errorOf(ids);
    const auto files = m_files.filesOnlyOf(*ids);
    if (!files)
        return errorOf(files);
    const auto stillNeeded = m_jobs.countStillNeeded(request.before);
    if (!stillNeeded)
        return errorOf(stillNeeded);
    PrunePlan plan{*ids, *files, {}, *stillNeeded};
    if (request.dryRun)
        return plan;
    for (const JobId& id : *ids) {
        const auto job = m_jobs.find(id);
        if (!job)
            return errorOf(job);
        if (*job)
            plan.folders << outputFolderOf(**job);
    }
    return plan;
}

Result<void> TaskService::removeRows(const Caller& caller, const PrunePlan& plan, const QString& reason)
{
    for (const JobId& id : plan.jobs) {
        const auto removed =
            m_files.removeArtifactsOf(id)
                .and_then([&] { return m_webhooks.removeDeliveriesOf(id); })
                .and_then([&](int) { return m_jobs.remove(id); })
                .and_then([&](bool isOurs) { return isOurs ? journal(caller, u"prune"_s, u"job:"_s + id.text, reason) : Result<void>{}; });
        if (!removed)
            return removed;
    }
    for (const files::File& file : plan.files) {
        if (const auto removed = m_files.removeFile(file.id); !removed)
            return removed;
    }
    return {};
}

/// Of a store that several machines work, one may have been given another storage, or none.
qint64 TaskService::missingOf(const PrunePlan& plan) const
{
    return std::count_if(plan.files.begin(), plan.files.end(), [this](const files::File& file) {
        const auto found = m_settings.storage.look(file.path);
        return found && found->what == files::Found::What::Nothing;
    });
}

/// The rows are gone: what cannot be removed now is a leftover to tell of, not an error.
void TaskService::removeFiles(const PrunePlan& plan) const
{
    const auto tell = [](const Result<void>& removed) {
        if (!removed)
            qWarning("Pruning left something behind: %s", qUtf8Printable(removed.error().message));
    };
    const QSet<QString> outputFolders(plan.folders.begin(), plan.folders.end());
    QStringList folders = plan.folders;
    for (const files::File& file : plan.files) {
        tell(m_settings.storage.remove(file.path));
        folders << foldersAbove(file.path, outputFolders);
    }
    folders.removeDuplicates();
    // The longest first: what stands in another goes before it.
    std::sort(folders.begin(), folders.end(), [](const QString& one, const QString& other) { return one.size() > other.size(); });
    for (const QString& folder : std::as_const(folders))
        tell(m_settings.storage.removeEmptyFolder(folder));
}

}
