// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/export.h"

#include "core/casefile/case_file.h"
#include "core/casefile/content.h"
#include "core/casefile/gathering.h"
#include "core/casefile/needs.h"
#include "core/database/migrations.h"
#include "core/database/transaction.h"
#include "core/files/durable_file.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QScopeGuard>

#include <cerrno>
#include <cstdio>

namespace core::casefile {

using namespace Qt::StringLiterals;
using database::Database;

namespace {

Result<void> gather(Gathering& gathering, const ExportSource& source, const CaseRequest& request)
{
    const auto moment = database::Transaction::beginRead(source.database);
    if (!moment)
        return errorOf(moment);
    return gathering.run(request);
}

/// Sizes of all files that are there; what is not there says so.
QList<CaseFile> measured(QList<CaseFile> files, const ExportSource& source)
{
    for (CaseFile& file : files) {
        const auto path = source.locate(file.key);
        const QFileInfo info(path ? *path : QString());
        if (path && info.isFile())
            file.sizeBytes = info.size();
        else if (file.state == FileState::In)
            file.state = FileState::Missing;
    }
    return files;
}

Result<CaseSummary> planOf(const Gathering& gathering, const ExportSource& source)
{
    CaseSummary summary;
    summary.origin = source.origin;
    summary.exportedAt = source.clock();
    summary.subject = gathering.subject();
    summary.jobs = gathering.jobs();
    summary.jobsLeftOut = gathering.jobsLeftOut();
    summary.counts = gathering.counts();
    summary.files = measured(gathering.files(), source);
    summary.masked = gathering.masked();
    summary.hosts = gathering.hosts();
    return rerunOf(summary.subject.type, gathering.subjectInput(), summary.files, gathering.isSubjectInputMasked(), source.database)
        .map([&](const Rerun& rerun) {
            summary.rerun = rerun;
            return summary;
        });
}

/// What may be replaced is another case, and never the store itself, whatever it is called.
Result<void> checkTarget(const QString& path, bool mayReplace, const QString& storePath)
{
    const QFileInfo target(path);
    if (!QFileInfo(target.absolutePath()).isDir())
        return failure(ErrorKind::NotFound, u"folder_missing"_s, u"There is no folder %1"_s.arg(target.absolutePath()), u"path"_s);
    if (!target.exists() && !target.isSymLink())
        return {};
    const bool isStore = target.exists() && target.canonicalFilePath() == QFileInfo(storePath).canonicalFilePath();
    if (isStore)
        return failure(ErrorKind::Conflict, u"file_exists"_s, u"%1 is the store that the job is in"_s.arg(path), u"path"_s);
    if (!mayReplace)
        return failure(ErrorKind::Conflict, u"file_exists"_s, u"%1 exists already"_s.arg(path), u"path"_s);
    if (!isCaseFile(path))
        return failure(ErrorKind::Conflict, u"file_exists"_s, u"%1 exists and is no case file: only a case file is replaced"_s.arg(path),
                       u"path"_s);
    return {};
}

/// What programs that died in the middle of an export have left in that folder. One that is still written to is young.
void sweepUnfinished(const QString& folder)
{
    constexpr qint64 abandonedAfterS = 3600;
    static const QRegularExpression ours(u"^\\.part-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.sbcase(-wal|-shm|-journal)?$"_s);
    const QDateTime abandoned = QDateTime::currentDateTimeUtc().addSecs(-abandonedAfterS);
    const QFileInfoList files = QDir(folder).entryInfoList({u".part-*"_s}, QDir::Files | QDir::Hidden | QDir::NoSymLinks);
    for (const QFileInfo& file : files) {
        if (ours.match(file.fileName()).hasMatch() && file.lastModified() < abandoned && !QFile::remove(file.filePath()))
            qWarning("The unfinished case file %s could not be removed", qUtf8Printable(file.filePath()));
    }
}

Result<void> writeFiles(CaseRepository& to, const Gathering& gathering, const ExportSource& source, const tasks::ActControl& control)
{
    const QList<CaseFile> files = measured(gathering.files(), source);
    qint64 total = 0;
    for (const CaseFile& file : files)
        total += file.state == FileState::In ? file.sizeBytes : 0;
    Meter meter(control, total);
    for (const CaseFile& file : files) {
        if (file.state != FileState::In) {
            if (const auto noted = to.insertFile(file); !noted)
                return errorOf(noted);
            continue;
        }
        const auto path = source.locate(file.key);
        const auto put = putContent(to, file, path ? *path : QString(), meter);
        if (!put)
            return errorOf(put);
        if (!put->isMasked)
            continue;
        const auto noted = to.noteMaskedFile(*put).and_then([&] { return to.insertMasked({u"files"_s, put->key, u"content"_s}); });
        if (!noted)
            return noted;
    }
    return {};
}

Result<void> writeCase(Database& target, const ExportSource& source, const CaseRequest& request, const tasks::ActControl& control)
{
    CaseRepository repository(target);
    if (const auto made = repository.makeCase(); !made)
        return made;
    auto transaction = database::Transaction::begin(target);
    if (!transaction)
        return errorOf(transaction);
    CaseRowsRepository rows(target);
    Gathering gathering(source.database, [&](const CaseTable& table, const CaseRow& row) -> Result<void> {
        if (control.cancel.isCancelled())
            return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Stopped before it was whole; nothing was kept"_s);
        return rows.insert(table, row);
    });
    if (const auto gathered = gather(gathering, source, request); !gathered)
        return gathered;
    for (const CaseJob& job : gathering.jobs()) {
        if (const auto noted = repository.insertJob(job); !noted)
            return noted;
    }
    for (const MaskedField& field : gathering.masked()) {
        if (const auto noted = repository.insertMasked(field); !noted)
            return noted;
    }
    if (const auto written = writeFiles(repository, gathering, source, control); !written)
        return written;
    if (const auto committed = transaction->commit(); !committed)
        return committed;
    return repository.rowsHash().and_then([&](const QString& hash) {
        return repository.finish({caseFormat, source.clock(), source.origin, request.job, hash, gathering.jobsLeftOut()});
    });
}

Result<void> giveName(const QString& temporary, const QString& path, bool mayReplace, const QString& storePath)
{
    if (const auto synced = files::syncPath(temporary, path); !synced)
        return synced;
    if (const auto free = checkTarget(path, mayReplace, storePath); !free)    // it may have come meanwhile
        return free;
    if (std::rename(QFile::encodeName(temporary).constData(), QFile::encodeName(path).constData()) != 0)
        return tl::make_unexpected(files::storageError(errno, path, u"named"_s));
    return files::syncPath(QFileInfo(path).absolutePath(), path);
}

}

Result<CaseSummary> planCase(const ExportSource& source, const CaseRequest& request)
{
    Gathering gathering(source.database, [](const CaseTable&, const CaseRow&) { return Result<void>{}; });
    return gather(gathering, source, request).and_then([&] { return planOf(gathering, source); });
}

Result<CaseSummary> exportCase(const ExportSource& source, const CaseRequest& request, const QString& path,
                               const tasks::ActControl& control)
{
    const QString storePath = source.database.options().path;
    if (const auto free = checkTarget(path, request.mayReplace, storePath); !free)
        return errorOf(free);
    sweepUnfinished(QFileInfo(path).absolutePath());
    const QString temporary = QFileInfo(path).absolutePath() + u"/.part-"_s + newUuidV7() + caseSuffix;
    const auto tidy = qScopeGuard([&] {
        for (const QString& left : {temporary, temporary + u"-wal"_s, temporary + u"-shm"_s, temporary + u"-journal"_s})
            QFile::remove(left);
    });
    database::DatabaseOptions options;
    options.path = temporary;
    auto target = Database::open(options);
    if (!target)
        return errorOf(target);
    const auto written = database::migrate(**target).and_then([&] { return writeCase(**target, source, request, control); });
    if (!written)
        return errorOf(written);
    target->reset();
    auto opened = openCase(temporary);
    if (!opened)
        return errorOf(opened);
    const auto named = checkWhole(*opened, control).and_then([&] { return giveName(temporary, path, request.mayReplace, storePath); });
    if (!named)
        return errorOf(named);
    auto summary = summaryOf(*opened, QFileInfo(path).absoluteFilePath());
    if (summary)
        summary->isChecked = true;
    return summary;
}

}
