// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/take_home.h"

#include "core/casefile/case_file.h"
#include "core/casefile/content.h"
#include "core/casefile/homecoming.h"
#include "core/casefile/needs.h"
#include "core/database/transaction.h"
#include "core/jobs/journal_repository.h"
#include "core/jobs/repository.h"

#include <QFileInfo>
#include <QScopeGuard>
#include <QStorageInfo>

#include <nlohmann/json.hpp>

namespace core::casefile {

using namespace Qt::StringLiterals;

namespace {

struct Parts {
    OpenedCase opened;
    CaseSummary summary;
    QByteArray input;    ///< the subject's
};

Result<Parts> readParts(const QString& path)
{
    auto opened = openCase(path);
    if (!opened)
        return errorOf(opened);
    if (const auto sound = checkRows(*opened); !sound)
        return errorOf(sound);
    auto summary = summaryOf(*opened, path);
    if (!summary)
        return errorOf(summary);
    const auto job = jobs::JobRepository(*opened->database).find(summary->subject.id);
    if (!job)
        return errorOf(job);
    const QByteArray input = *job ? (*job)->inputData : QByteArray();
    return Parts{std::move(*opened), std::move(*summary), input};
}

QList<JobId> without(const QList<CaseJob>& jobs, const QList<JobId>& here)
{
    QList<JobId> missing;
    for (const CaseJob& job : jobs) {
        if (!here.contains(job.id))
            missing << job.id;
    }
    return missing;
}

/// Also the keys of rows whose bytes are not in the case: a row must not name anything outside of the storage either.
Result<void> checkKeys(database::Database& inCase, const files::Storage& storage)
{
    const CaseTable& files = caseTable("files");
    return CaseRowsRepository(inCase).each(files, [&](CaseRow& row) -> Result<void> {
        const auto path = storage.resolve(textOf(row.at(static_cast<qsizetype>(columnIn(files, "path")))));
        if (!path)
            return errorOf(path);
        return {};
    });
}

/// Whether the file has to be written: it is not here. Conflict where something else stands in its place.
Result<bool> isWanted(const CaseFile& file, const files::Storage& storage, const CancelToken& cancel)
{
    const auto found = storage.look(file.key);
    if (!found)
        return errorOf(found);
    if (found->what == files::Found::What::Nothing)
        return true;
    const auto facts = found->what == files::Found::What::File ? storage.facts(file.key, cancel) : Result<files::FileFacts>();
    if (!facts)
        return errorOf(facts);
    if (found->what == files::Found::What::File && facts->sizeBytes == file.sizeBytes && facts->sha256 == file.sha256)
        return false;
    return failure(ErrorKind::Conflict, u"case_file_differs"_s, u"'%1' stands in this storage already, and is another file"_s.arg(file.key),
                   u"case"_s);
}

Result<QList<CaseFile>> wantedFiles(const Parts& parts, const Home& home, const CancelToken& cancel)
{
    const CaseRepository repository(*parts.opened.database);
    QList<CaseFile> wanted;
    qint64 bytes = 0;
    for (const CaseFile& file : parts.summary.files) {
        if (file.state != FileState::In)
            continue;
        const auto isMissing = checkChunks(repository, file).and_then([&] { return isWanted(file, home.storage, cancel); });
        if (!isMissing)
            return errorOf(isMissing);
        if (!*isMissing)
            continue;
        wanted << file;
        bytes += file.sizeBytes;
    }
    const QStorageInfo disk(home.storage.root());
    if (disk.isValid() && disk.bytesAvailable() < bytes)
        return failure(ErrorKind::Unavailable, u"disk_full"_s,
                       u"The files need %1 bytes, and the disk of the storage has %2"_s.arg(bytes).arg(disk.bytesAvailable()),
                       u"storage"_s);
    return wanted;
}

void removeAgain(const files::Storage& storage, const QStringList& keys)
{
    const auto tell = [](const Result<void>& removed) {
        if (!removed)
            qWarning("Taking a case home left something behind: %s", qUtf8Printable(removed.error().message));
    };
    for (const QString& key : keys) {
        tell(storage.remove(key));
        for (QString folder = key.section(u'/', 0, -2); !folder.isEmpty(); folder = folder.section(u'/', 0, -2))
            tell(storage.removeEmptyFolder(folder));
    }
}

QByteArray journalText(const CaseSummary& summary, const TakeHomeAnswer& answer)
{
    nlohmann::json text{{"case", QFileInfo(summary.path).fileName().toStdString()},
                        {"exported_at", base::toIsoText(summary.exportedAt).toStdString()},
                        {"origin", summary.origin.toStdString()},
                        {"files", answer.files},
                        {"bytes", answer.bytes}};
    for (const JobId& id : answer.taken)
        text["jobs"].push_back(id.text.toStdString());
    for (const JobId& id : answer.ended)
        text["cancelled"].push_back(id.text.toStdString());
    return QByteArray::fromStdString(text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Result<void> tellOf(const Home& home, const Caller& caller, const CaseSummary& summary, const TakeHomeAnswer& answer, const QString& reason)
{
    const Time now = home.clock();
    for (const JobId& id : answer.taken) {
        jobs::JobEvent event;
        event.id = newId<EventId>();
        event.jobId = id;
        event.eventType = u"taken_home"_s;
        event.statusText = answer.ended.contains(id) ? jobs::statusName(JobStatus::Cancelled) : QString();
        event.message = u"Taken home by %1 from a case file of %2"_s.arg(caller.operatorName, base::toIsoText(summary.exportedAt));
        event.actor = caller.operatorName;
        event.createdAt = now;
        if (const auto told = jobs::JobRepository(home.database).appendEvent(event); !told)
            return errorOf(told);
    }
    return jobs::JournalRepository(home.database)
        .insert({newId<JournalId>(),
                 caller.operatorName,
                 caller.role,
                 u"take_home"_s,
                 u"job:"_s + answer.subject.text,
                 reason,
                 {},
                 journalText(summary, answer),
                 caller.connection,
                 now});
}

/// All rows in one transaction. What another program brought home meanwhile is left as it is.
Result<void> writeRows(const Home& home, const Caller& caller, const Parts& parts, const QString& reason, TakeHomeAnswer& answer)
{
    auto transaction = database::Transaction::begin(home.database);
    if (!transaction)
        return errorOf(transaction);
    const auto here = jobsHere(home.database, parts.summary.jobs, *parts.opened.database);
    if (!here)
        return errorOf(here);
    answer.alreadyHere = *here;
    answer.taken = without(parts.summary.jobs, *here);
    if (answer.taken.isEmpty())
        return {};
    Homecoming homecoming(*parts.opened.database, home.database, home.clock());
    if (const auto taken = homecoming.takeShared(); !taken)
        return taken;
    for (const JobId& id : std::as_const(answer.taken)) {
        if (const auto taken = homecoming.takeJob(id); !taken)
            return taken;
    }
    answer.ended = homecoming.ended();
    return tellOf(home, caller, parts.summary, answer, reason).and_then([&] { return transaction->commit(); });
}

/// A row of the store has an id that a row of the case has, and is another.
Error asTaken(Error error)
{
    if (error.code != "constraint"_L1)
        return error;
    return {ErrorKind::Conflict, u"case_id_taken"_s, u"A row of this store has the id of another one in the case file"_s, u"case"_s,
            error.detail};
}

}

Result<QList<JobId>> jobsHere(database::Database& store, const QList<CaseJob>& jobs, database::Database& inCase)
{
    QList<JobId> here;
    for (const CaseJob& job : jobs) {
        const auto stored = jobs::JobRepository(store).findSummary(job.id);
        if (!stored)
            return errorOf(stored);
        if (!*stored)
            continue;
        const auto brought = jobs::JobRepository(inCase).findSummary(job.id);
        if (!brought)
            return errorOf(brought);
        if (!*brought || (*brought)->createdAt != (*stored)->createdAt || (*brought)->typeText != (*stored)->typeText)
            return failure(ErrorKind::Conflict, u"case_id_taken"_s, u"Another job of this store has the id %1"_s.arg(job.id.text),
                           u"case"_s);
        here << job.id;
    }
    return here;
}

Result<TakeHomeAnswer> takeHome(const Home& home, const Caller& caller, const QString& path, const QString& reason,
                                const tasks::ActControl& control)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return errorOf(allowed);
    const auto parts = readParts(path);
    if (!parts)
        return errorOf(parts);
    const CaseSummary& summary = parts->summary;
    TakeHomeAnswer answer;
    answer.subject = summary.subject.id;
    const QString inputKey = needsOf(summary.subject.type, parts->input).filePath;
    const auto here = jobsHere(home.database, summary.jobs, *parts->opened.database);
    if (!here)
        return errorOf(here);
    answer.alreadyHere = *here;
    if (here->size() == summary.jobs.size()) {
        answer.rerun = withStorage(summary.rerun, inputKey, home.storage);
        return answer;
    }
    const auto wanted =
        checkKeys(*parts->opened.database, home.storage).and_then([&] { return wantedFiles(*parts, home, control.cancel); });
    if (!wanted)
        return errorOf(wanted);

    QStringList written;
    auto takeBack = qScopeGuard([&] { removeAgain(home.storage, written); });
    for (const CaseFile& file : *wanted)
        answer.bytes += file.sizeBytes;
    answer.files = wanted->size();
    Meter meter(control, answer.bytes);
    for (const CaseFile& file : *wanted) {
        written << file.key;    // before: what it leaves half way, such as a folder, goes again too
        if (const auto taken = takeContent(CaseRepository(*parts->opened.database), file, home.storage, meter); !taken)
            return errorOf(taken);
    }
    if (const auto done = writeRows(home, caller, *parts, reason, answer); !done)
        return tl::make_unexpected(asTaken(done.error()));
    takeBack.dismiss();
    answer.rerun = withStorage(summary.rerun, inputKey, home.storage);
    return answer;
}

}
