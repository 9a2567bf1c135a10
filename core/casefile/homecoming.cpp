// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/homecoming.h"

#include "core/jobs/models.h"

#include <cstring>

namespace core::casefile {

using namespace Qt::StringLiterals;

namespace {

bool is(const CaseTable& table, const char* name)
{
    return std::strcmp(table.name, name) == 0;
}

Cell& cellOf(const CaseTable& table, CaseRow& row, const char* column)
{
    return row[static_cast<qsizetype>(columnIn(table, column))];
}

bool isNull(const Cell& cell)
{
    return std::holds_alternative<std::monostate>(cell);
}

}

Result<void> Homecoming::takeShared()
{
    const CaseTable& presets = caseTable("caption_presets");
    const auto taken = m_from.each(presets, [&](CaseRow& row) {
        cellOf(presets, row, "is_builtin") = qint64{0};    // those are the program's own
        return m_to.insertIfNew(presets, row);
    });
    if (!taken)
        return taken;
    const CaseTable& transcriptions = caseTable("transcriptions");
    return m_from.each(transcriptions, [&](CaseRow& row) {
        if (!isNull(cellOf(transcriptions, row, "job_id")))
            return Result<void>{};    // comes with its job
        cellOf(transcriptions, row, "file_id") = std::monostate{};
        return m_to.insertIfNew(transcriptions, row);
    });
}

Result<void> Homecoming::takeJob(const JobId& id)
{
    for (const CaseTable& table : caseTables()) {
        if (!table.ofJob)
            continue;
        if (const auto taken = m_from.eachOfJob(table, id, [&](CaseRow& row) { return takeRow(table, row); }); !taken)
            return taken;
    }
    return {};
}

Result<void> Homecoming::takeRow(const CaseTable& table, CaseRow& row)
{
    if (is(table, "files"))
        return takeFile(table, row);
    if (is(table, "jobs"))
        endJob(table, row);
    else if (is(table, "job_attempts"))
        endAttempt(table, row);
    else if (is(table, "artifacts") || is(table, "transcriptions"))
        pointToFile(table, row);
    // words that another job's case brought before are the same words, and came without their job
    return is(table, "transcriptions") ? m_to.insertOrAdopt(table, row) : m_to.insert(table, row);
}

/// A file that the store knows by its key keeps its row.
Result<void> Homecoming::takeFile(const CaseTable& table, const CaseRow& row)
{
    const QString id = textOf(row.at(static_cast<qsizetype>(columnIn(table, "id"))));
    const QString path = textOf(row.at(static_cast<qsizetype>(columnIn(table, "path"))));
    QByteArray known;
    const auto looked = m_to.eachWith(table, "path", path, [&](CaseRow& here) -> Result<void> {
        known = textOf(here.first()).toUtf8();
        return {};
    });
    if (!looked)
        return looked;
    m_fileIds.insert(id, known.isEmpty() ? id.toUtf8() : known);
    return known.isEmpty() ? m_to.insert(table, row) : Result<void>{};
}

void Homecoming::endJob(const CaseTable& table, CaseRow& row)
{
    cellOf(table, row, "dedupe_key") = std::monostate{};
    const auto status = jobs::parseStatus(textOf(cellOf(table, row, "status")));
    if (status != JobStatus::Pending && status != JobStatus::Running)
        return;
    const qint64 now = base::toMicros(m_now);
    m_ended << JobId{textOf(row.first())};
    cellOf(table, row, "status") = jobs::statusName(JobStatus::Cancelled).toUtf8();
    cellOf(table, row, "current_message") = QByteArray("Had not ended when its case was made; nobody runs it here");
    for (const char* column : {"finished_at", "updated_at", "cancel_requested_at", "cancel_broker_informed_at", "cancel_acknowledged_at"})
        cellOf(table, row, column) = now;
}

/// A run of another machine is none that is under way here.
void Homecoming::endAttempt(const CaseTable& table, CaseRow& row) const
{
    if (!isNull(cellOf(table, row, "finished_at")))
        return;
    cellOf(table, row, "finished_at") = base::toMicros(m_now);
    cellOf(table, row, "outcome") = QByteArray("lost");
    if (isNull(cellOf(table, row, "error")))
        cellOf(table, row, "error") = QByteArray("Was under way when the case was made");
}

void Homecoming::pointToFile(const CaseTable& table, CaseRow& row) const
{
    Cell& file = cellOf(table, row, "file_id");
    if (isNull(file))
        return;
    const auto here = m_fileIds.constFind(textOf(file));
    file = here == m_fileIds.constEnd() ? Cell{} : Cell{*here};
}

}
