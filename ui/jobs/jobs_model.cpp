// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/jobs_model.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"

namespace ui {

using core::JobId;
using core::jobs::JobPage;
using core::jobs::JobSummary;

JobsModel::JobsModel(StoreSession& session, QObject* parent) : QAbstractTableModel(parent), m_session(session)
{
    m_flashTimer.setSingleShot(true);
    m_flashTimer.setInterval(600);
    connect(&m_flashTimer, &QTimer::timeout, this, &JobsModel::endFlash);
}

std::optional<int> JobsModel::rowOf(const JobId& id) const
{
    const auto found = m_index.constFind(id);
    return found == m_index.constEnd() ? std::nullopt : std::optional(*found);
}

QList<JobId> JobsModel::loadedIds() const
{
    QList<JobId> ids;
    ids.reserve(m_rows.size());
    for (const JobRow& row : m_rows)
        ids << row.id();
    return ids;
}

void JobsModel::updateRows(const QList<JobSummary>& jobs)
{
    QList<std::pair<int, quint16>> changed;
    for (const JobSummary& job : jobs) {
        const auto row = rowOf(job.id);
        if (!row || m_rows.at(*row).job() == job)
            continue;
        replaceRow(*row, job, changed);
    }
    flashRows(changed);
}

void JobsModel::replaceRow(int row, const JobSummary& job, QList<std::pair<int, quint16>>& changed)
{
    const JobRow::Changed now = m_rows[row].replace(job);
    changed << std::pair(row, now.meaning);
    tellChanged(row, now.looks);
}

/// Each run of columns by itself: a row that reports its progress is painted in two cells, a thousand times a second.
void JobsModel::tellChanged(int row, quint16 columns, const QList<int>& roles)
{
    for (int first = 0; first < jobColumnCount; ++first) {
        if (!((columns >> first) & 1))
            continue;
        int last = first;
        while (last + 1 < jobColumnCount && ((columns >> (last + 1)) & 1))
            ++last;
        emit dataChanged(index(row, first), index(row, last), roles);
        first = last;
    }
}

void JobsModel::removeJobs(const QSet<JobId>& ids)
{
    QHash<JobId, int> stay;
    for (const JobRow& row : std::as_const(m_rows)) {
        if (!ids.contains(row.id()))
            stay.insert(row.id(), static_cast<int>(stay.size()));
    }
    removeAllBut(stay);
    emit jobsGone(ids);
}

void JobsModel::mergeTop(const JobPage& page)
{
    if (!m_atTop)
        return;
    QList<JobRow> target = rowsOf(page);
    QSet<JobId> inPage;
    for (const JobRow& row : std::as_const(target))
        inPage << row.id();
    const bool touches = std::any_of(m_rows.cbegin(), m_rows.cend(), [&](const JobRow& row) { return inPage.contains(row.id()); });
    const qsizetype spanned = target.size();
    if (page.next && touches) {
        const JobRow last = target.constLast();
        for (const JobRow& row : std::as_const(m_rows)) {
            if (!inPage.contains(row.id()) && standsBelow(row, last, m_query.direction))
                target << row;
        }
    }
    const bool cut = target.size() > maxRows;
    if (cut)
        target.resize(maxRows);
    m_atEnd = !page.next || (m_atEnd && !cut && target.size() > spanned);
    noteSearched(page);
    showRows(target);
    emit extentChanged();
}

void JobsModel::setTimeStyle(core::Time now, const QTimeZone& zone, bool relative, int firstShown, int lastShown)
{
    m_style.now = now;
    m_style.zone = zone;
    m_style.relative = relative;
    ++m_style.stamp;
    const int last = std::min(lastShown, static_cast<int>(m_rows.size()) - 1);
    for (int row = std::max(0, firstShown); row <= last; ++row) {
        tellChanged(row, m_rows.at(row).changedTexts(m_style), {Qt::DisplayRole});
    }
}

int JobsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int JobsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : jobColumnCount;
}

namespace {

QVariant rawValue(const JobSummary& job, JobColumn column, core::Time now)
{
    const auto micros = [](core::Time time) { return QVariant::fromValue(core::base::toMicros(time)); };
    switch (column) {
    case JobColumn::Status: return job.statusText;
    case JobColumn::Type: return job.typeText;
    case JobColumn::Progress: return progressOf(job) == ProgressShown::Bar ? QVariant(job.progressPct) : QVariant();
    case JobColumn::Created: return micros(job.createdAt);
    case JobColumn::Took: {
        const auto took = tookOf(job, now);
        return took ? QVariant::fromValue<qint64>(took->count()) : QVariant();
    }
    case JobColumn::Owner: return job.userId;
    case JobColumn::Message: return job.errorMessage.isEmpty() ? job.message : job.errorMessage;
    case JobColumn::Updated: return micros(job.updatedAt);
    case JobColumn::Project: return job.projectId;
    case JobColumn::Attempt: return job.attempt;
    case JobColumn::Id: return job.id.toString();
    case JobColumn::ErrorCode: return job.errorCode;
    }
    Q_UNREACHABLE();
}

}

QVariant JobsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JobRow& row = m_rows.at(index.row());
    const auto column = static_cast<JobColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return row.text(column, m_style);
    case Qt::AccessibleDescriptionRole: return row.exactText(column, m_style);
    case Qt::ToolTipRole: return plainToolTip(row.exactText(column, m_style));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue<Qt::Alignment>((factsOf(column).isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IdRole: return row.id().toString();
    case StateRole: return static_cast<int>(stateOf(row.job()));
    case RawRole: return rawValue(row.job(), column, m_style.now);
    default: return {};
    }
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= jobColumnCount)
        return {};
    const JobColumnFacts facts = factsOf(static_cast<JobColumn>(section));
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return facts.title;
    case Qt::ToolTipRole: return facts.explanation;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue<Qt::Alignment>((facts.isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default: return {};
    }
}

QList<JobRow> JobsModel::rowsOf(const JobPage& page) const
{
    QList<JobRow> rows;
    rows.reserve(page.rows.size());
    for (const JobSummary& job : page.rows)
        rows << JobRow(job, sortMicros(job, m_query.sort));
    return rows;
}

QList<JobRow> JobsModel::unknownRows(const JobPage& page) const
{
    QList<JobRow> rows = rowsOf(page);
    rows.removeIf([this](const JobRow& row) { return m_index.contains(row.id()); });
    return rows;
}

void JobsModel::showRows(const QList<JobRow>& target)
{
    QHash<JobId, int> places;
    for (const JobRow& row : target)
        places.insert(row.id(), static_cast<int>(places.size()));
    removeAllBut(places);

    QList<std::pair<int, quint16>> changed;
    for (int at = 0; at < target.size();) {
        if (at < m_rows.size() && m_rows.at(at).id() == target.at(at).id()) {
            JobRow& row = m_rows[at];
            row.moveTo(target.at(at).place());
            if (row.job() != target.at(at).job())
                replaceRow(at, target.at(at).job(), changed);
            ++at;
            continue;
        }
        int end = at;
        while (end < target.size() && !m_index.contains(target.at(end).id()))
            ++end;
        insertRowsAt(at, target.mid(at, end - at));
        at = end;
    }
    flashRows(changed);
}

void JobsModel::removeAllBut(const QHash<JobId, int>& places)
{
    QList<bool> stays(m_rows.size(), false);
    int lastPlace = -1;
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        const int place = places.value(m_rows.at(row).id(), -1);
        if (place > lastPlace) {    // the others are not there, or have moved up past this one: they come in again in their new place
            stays[row] = true;
            lastPlace = place;
        }
    }
    for (auto last = static_cast<int>(m_rows.size()) - 1; last >= 0; --last) {
        if (stays.at(last))
            continue;
        int first = last;
        while (first > 0 && !stays.at(first - 1))
            --first;
        removeRowsAt(first, last);
        last = first;
    }
}

void JobsModel::insertRowsAt(int at, const QList<JobRow>& rows)
{
    if (rows.isEmpty())
        return;
    beginInsertRows({}, at, at + static_cast<int>(rows.size()) - 1);
    m_rows.insert(at, rows.size(), JobRow());
    std::copy(rows.cbegin(), rows.cend(), m_rows.begin() + at);
    reindex(at);
    endInsertRows();
}

void JobsModel::removeRowsAt(int first, int last)
{
    emit rowsAboutToLeave(first, last);
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row)
        m_index.remove(m_rows.at(row).id());
    m_rows.remove(first, last - first + 1);
    reindex(first);
    endRemoveRows();
}

void JobsModel::reindex(int from)
{
    for (int row = from; row < m_rows.size(); ++row)
        m_index.insert(m_rows.at(row).id(), row);
}

void JobsModel::flashRows(const QList<std::pair<int, quint16>>& changed)
{
    QList<std::pair<int, quint16>> seen;
    for (const auto& change : changed) {
        if (change.first >= m_firstShown && change.first <= m_lastShown && change.second != 0)
            seen << change;
    }
    if (seen.isEmpty() || seen.size() > flashedAtOnce)
        return;
    for (const auto& [row, columns] : std::as_const(seen))
        m_rows[row].flash |= columns;
    m_flashTimer.start();
}

void JobsModel::endFlash()
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).flash == 0)
            continue;
        tellChanged(row, std::exchange(m_rows[row].flash, quint16{0}), {Qt::BackgroundRole});
    }
}

}
