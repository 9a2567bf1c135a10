// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/case_file.h"

#include "core/casefile/content.h"
#include "core/casefile/needs.h"
#include "core/database/migrations.h"
#include "core/jobs/repository.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtEndian>

#include <algorithm>

namespace core::casefile {

using namespace Qt::StringLiterals;
using database::Access;
using database::Database;
using database::DatabaseOptions;

namespace {

/// What the first hundred bytes of an SQLite file tell.
struct Header {
    bool isDatabase = false;
    quint32 applicationId = 0;
    qint64 wantedSize = 0;    ///< by its count of pages; 0 where that cannot be trusted
};

Header readHeader(QFile& file)
{
    constexpr qsizetype headerSize = 100;
    const QByteArray bytes = file.read(headerSize);
    if (bytes.size() < headerSize || !bytes.startsWith(QByteArray("SQLite format 3\0", 16)))
        return {};
    const auto word = [&](qsizetype at) { return qFromBigEndian<quint32>(bytes.constData() + at); };
    const quint16 stored = qFromBigEndian<quint16>(bytes.constData() + 16);
    const qint64 pageSize = stored == 1 ? 65536 : stored;
    const bool isCounted = word(24) == word(92);    // the count was written by whoever changed the file last
    return {true, word(68), isCounted ? pageSize * word(28) : 0};
}

Result<void> checkHeader(const QString& path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile())
        return failure(ErrorKind::NotFound, u"case_missing"_s, u"There is no case file %1"_s.arg(path), u"case"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Unavailable, u"case_unreadable"_s, u"%1 cannot be read: %2"_s.arg(path, file.errorString()), u"case"_s);
    const Header header = readHeader(file);
    if (!header.isDatabase)
        return failure(ErrorKind::Invalid, u"case_foreign"_s, u"%1 is no case file"_s.arg(path), u"case"_s);
    if (header.applicationId != caseApplicationId)
        return failure(ErrorKind::Invalid, u"case_foreign"_s, u"%1 is a store or another database, not a case file"_s.arg(path), u"case"_s);
    if (header.wantedSize > file.size())
        return tl::make_unexpected(damaged(u"it should have %1 bytes and has %2"_s.arg(header.wantedSize).arg(file.size())));
    return {};
}

Result<std::unique_ptr<Database>> openDatabase(const QString& path, Access access)
{
    DatabaseOptions options;
    options.path = path;
    options.access = access;
    return Database::open(options);
}

/// What SQLite says of a file that was changed is for a store's person; here it is a case.
Error asCase(Error error)
{
    if (error.code == "store_corrupt"_L1 || error.code == "store_foreign"_L1 || error.code == "sql"_L1)
        return damaged(error.message + (error.detail.isEmpty() ? QString() : u" (%1)"_s.arg(error.detail)));
    if (error.code == "store_newer"_L1)
        return {ErrorKind::Conflict, u"case_newer"_s, u"A newer Signalbox made this case file. Use that version"_s, u"case"_s,
                error.message};
    return error;
}

/// The tables of a case as this program makes them.
Result<QByteArray> soundSchema()
{
    auto fresh = openDatabase(database::inMemoryPath, Access::ReadWrite);
    if (!fresh)
        return errorOf(fresh);
    CaseRepository repository(**fresh);
    return database::migrate(**fresh).and_then([&] { return repository.makeCase(); }).and_then([&] { return repository.schema(); });
}

/// A copy that belongs to us, with all migrations: the case itself is never written.
Result<void> upgrade(OpenedCase& opened)
{
    opened.scratch = std::make_shared<QTemporaryDir>();
    const QString copy = opened.scratch->filePath(u"case.sqlite"_s);
    opened.database.reset();
    if (!opened.scratch->isValid() || !QFile::copy(opened.path, copy) ||
        !QFile::setPermissions(copy, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return failure(ErrorKind::Unavailable, u"disk_full"_s,
                       u"There is no room for a copy of the case file in %1"_s.arg(opened.scratch->path()));
    auto database = openDatabase(copy, Access::ReadWrite);
    if (!database)
        return errorOf(database);
    const auto done = database::migrate(**database, database::Backup::None).and_then([&] { return CaseRepository(**database).leaveLog(); });
    if (!done)
        return done;
    database->reset();
    opened.path = copy;
    auto again = openDatabase(copy, Access::ReadOnly);
    if (!again)
        return errorOf(again);
    opened.database = std::move(*again);
    return {};
}

Result<void> checkVersion(OpenedCase& opened)
{
    const auto current = database::migrate(*opened.database);    // of a read-only connection: a look
    if (current)
        return {};
    return current.error().code == "store_old"_L1 ? upgrade(opened) : Result<void>(errorOf(current));
}

Result<void> checkSchema(const OpenedCase& opened)
{
    const auto sound = soundSchema();
    if (!sound)
        return errorOf(sound);
    const auto found = CaseRepository(*opened.database).schema();
    if (!found)
        return errorOf(found);
    if (*found != *sound)
        return tl::make_unexpected(damaged(u"its tables are not those that Signalbox makes"_s));
    return {};
}

Result<void> readFacts(OpenedCase& opened)
{
    auto facts = CaseRepository(*opened.database).facts();
    if (!facts)
        return errorOf(facts);
    if (facts->format > caseFormat)
        return failure(ErrorKind::Conflict, u"case_newer"_s, u"A newer Signalbox made this case file. Use that version"_s, u"case"_s);
    if (facts->format < 1 || facts->subject.isEmpty())
        return tl::make_unexpected(damaged(u"it does not say which job it is about"_s));
    opened.facts = std::move(*facts);
    return {};
}

}

bool isCaseFile(const QString& path)
{
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) && readHeader(file).applicationId == caseApplicationId;
}

Result<OpenedCase> openCase(const QString& path)
{
    if (const auto header = checkHeader(path); !header)
        return errorOf(header);
    auto database = openDatabase(path, Access::ReadOnly);
    if (!database)
        return tl::make_unexpected(asCase(database.error()));
    OpenedCase opened{{}, QFileInfo(path).absoluteFilePath(), std::move(*database), {}};
    const auto checked = checkVersion(opened).and_then([&] { return checkSchema(opened); }).and_then([&] { return readFacts(opened); });
    if (!checked)
        return tl::make_unexpected(asCase(checked.error()));
    return opened;
}

Result<CaseSummary> summaryOf(const OpenedCase& opened, const QString& path)
{
    const CaseRepository repository(*opened.database);
    CaseSummary summary;
    summary.path = path;
    summary.sizeBytes = QFileInfo(path).size();
    summary.exportedAt = opened.facts.exportedAt;
    summary.origin = opened.facts.origin;
    summary.jobsLeftOut = opened.facts.jobsLeftOut;
    const auto into = [](auto& member) {
        return [&member](auto value) -> Result<void> {
            member = std::move(value);
            return {};
        };
    };
    const auto read = repository.jobs()
                          .and_then(into(summary.jobs))
                          .and_then([&] { return repository.files().and_then(into(summary.files)); })
                          .and_then([&] { return repository.masked().and_then(into(summary.masked)); })
                          .and_then([&] { return repository.counts().and_then(into(summary.counts)); })
                          .and_then([&] { return repository.hosts().and_then(into(summary.hosts)); });
    if (!read)
        return tl::make_unexpected(asCase(read.error()));
    const auto job = jobs::JobRepository(*opened.database).find(opened.facts.subject);
    if (!job)
        return tl::make_unexpected(asCase(job.error()));
    if (!*job || summary.jobs.isEmpty() || summary.jobs.first().id != (*job)->id)
        return tl::make_unexpected(damaged(u"the job that it is about is not in it"_s));
    summary.subject = **job;
    const bool isInputMasked = summary.masked.contains(MaskedField{u"jobs"_s, (*job)->id.text, u"input_data"_s});
    const auto rerun = rerunOf((*job)->type, (*job)->inputData, summary.files, isInputMasked, *opened.database);
    if (!rerun)
        return tl::make_unexpected(asCase(rerun.error()));
    summary.rerun = *rerun;
    return summary;
}

Result<void> checkRows(const OpenedCase& opened)
{
    if (opened.scratch)
        return {};
    const auto hash = CaseRepository(*opened.database).rowsHash();
    if (!hash)
        return tl::make_unexpected(asCase(hash.error()));
    if (*hash != opened.facts.rowsHash)
        return tl::make_unexpected(damaged(u"a row in it is not as it was when it was made"_s));
    return {};
}

Result<void> checkWhole(const OpenedCase& opened, const tasks::ActControl& control)
{
    if (const auto rows = checkRows(opened); !rows)
        return rows;
    const CaseRepository repository(*opened.database);
    const auto files = repository.files();
    if (!files)
        return tl::make_unexpected(asCase(files.error()));
    qint64 total = 0;
    for (const CaseFile& file : *files)
        total += file.state == FileState::In ? file.sizeBytes : 0;
    Meter meter(control, total);
    for (const CaseFile& file : *files) {
        if (file.state != FileState::In)
            continue;
        if (const auto checked = checkContent(repository, file, meter); !checked)
            return tl::make_unexpected(asCase(checked.error()));
    }
    return {};
}

}
