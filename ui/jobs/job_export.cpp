// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/job_export.h"

#include "ui/base/format.h"
#include "ui/session/store_session.h"

#include <QFileInfo>
#include <QSaveFile>

namespace ui {

using namespace Qt::StringLiterals;
using core::ErrorKind;
using core::Result;
using core::jobs::JobPage;

namespace {

constexpr int countCeiling = 1'000'000;    // beyond it a progress bar would cost more than it tells

core::Error fileError(const QSaveFile& file)
{
    return {ErrorKind::Unavailable, u"export_write_failed"_s, u"The file could not be written"_s, {}, file.errorString()};
}

}

/// Used on the lane only.
struct JobExport::File {
    explicit File(const QString& path) : file(path) {}

    [[nodiscard]] bool write(const Rows& rows, JobFormat format, bool isLast)
    {
        QByteArray bytes;
        if (!isOpen) {
            if (!file.open(QIODevice::WriteOnly))
                return false;
            isOpen = true;
            if (format == JobFormat::Csv)
                bytes += csvHeader();
            if (format == JobFormat::Json)
                bytes += '[';
        }
        for (const auto& job : rows) {
            if (format == JobFormat::Csv) {
                bytes += csvLine(job);
            } else if (format == JobFormat::Json) {
                bytes += (isFirst ? "\n" : ",\n") + jobJson(job);
            } else {
                bytes += jobJson(job) + '\n';
            }
            isFirst = false;
        }
        if (isLast && format == JobFormat::Json)
            bytes += "\n]\n";
        return file.write(bytes) == bytes.size() && (!isLast || file.commit());
    }

    QSaveFile file;
    bool isOpen = false;
    bool isFirst = true;
};

JobExport::JobExport(StoreSession& session, const JobsQuery& query, JobFormat format, QString path, QObject* parent)
    : QObject(parent), m_session(session), m_query(query), m_format(format), m_path(std::move(path)), m_file(std::make_shared<File>(m_path))
{
}

JobExport::JobExport(StoreSession& session, const QList<core::JobId>& ids, JobFormat format, QString path, QObject* parent)
    : QObject(parent),
      m_session(session),
      m_ids(ids),
      m_format(format),
      m_path(std::move(path)),
      m_total(ids.size()),
      m_file(std::make_shared<File>(m_path))
{
}

JobExport::~JobExport()
{
    m_counting.giveUp();
}

QString JobExport::title() const
{
    return tr("Export to %1").arg(QFileInfo(m_path).fileName());
}

QString JobExport::lack() const
{
    return m_searchedOnlyNewest ? tr("Only the newest %1 jobs were searched.").arg(countText(*m_searchedOnlyNewest)) : QString();
}

void JobExport::start()
{
    if (m_query)
        count();
    readNext();
}

void JobExport::abort()
{
    m_aborted = true;
}

void JobExport::count()
{
    if (!m_session.backend())
        return;
    core::whenDone(core::backend::longReads(*m_session.backend()).countJobs(m_query->filter, countCeiling, m_counting), this,
                   [this](const Result<core::jobs::JobCount>& count) {
                       if (count && count->isExact)
                           m_total = count->count;
                       if (!m_ended)
                           emit progressed(m_done, m_total);
                   });
}

void JobExport::readNext()
{
    auto* backend = m_session.backend();
    if (!backend) {
        end(core::failure(ErrorKind::Unavailable, u"store_not_open"_s, u"The store is not open"_s));
        return;
    }
    if (!m_query) {
        const QList<core::JobId> ids = m_ids.mid(0, pageRows);
        m_ids = m_ids.mid(pageRows);
        core::whenDone(backend->jobRows(ids), this, [this](const Result<Rows>& rows) {
            if (rows)
                take(*rows, m_ids.isEmpty());
            else
                end(core::errorOf(rows));
        });
        return;
    }
    core::jobs::PageRequest request;
    request.after = m_after;
    request.sort = m_query->sort;
    request.direction = m_query->direction;
    request.limit = pageRows;
    core::whenDone(backend->listJobs(m_query->filter, request), this, [this](const Result<JobPage>& page) {
        if (!page) {
            end(core::errorOf(page));
            return;
        }
        m_after = page->next;
        if (page->searchedOnlyNewest)
            m_searchedOnlyNewest = page->searchedOnlyNewest;
        take(page->rows, !page->next);
    });
}

void JobExport::take(const Rows& rows, bool isLast)
{
    if (m_aborted) {
        end(core::failure(ErrorKind::Cancelled, u"export_aborted"_s, u"The export was aborted; no file was written"_s));
        return;
    }
    const auto written = m_lane.run([file = m_file, rows, format = m_format, isLast]() -> Result<bool> {
        if (!file->write(rows, format, isLast))
            return tl::make_unexpected(fileError(file->file));
        return true;
    });
    core::whenDone(written, this, [this, rows = rows.size(), isLast](const Result<bool>& done) {
        if (!done) {
            end(core::errorOf(done));
            return;
        }
        m_done += rows;
        emit progressed(m_done, m_total);
        if (isLast)
            end(m_done);
        else
            readNext();
    });
}

void JobExport::end(const Result<qint64>& result)
{
    m_ended = true;
    m_counting.giveUp();
    emit finished(result);    // the file, when it was not committed, goes with this object and leaves nothing
}

}
