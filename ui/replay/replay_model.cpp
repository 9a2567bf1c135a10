// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/replay_model.h"

#include "ui/base/format.h"
#include "ui/deliveries/delivery_words.h"
#include "ui/pages/webhooks/delivery_text.h"
#include "ui/replay/replay_words.h"

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::WebhookOutcome;
using core::webhooks::Delivery;
using core::webhooks::Outcome;

ReplayModel::ReplayModel(QList<Delivery> deliveries, const QTimeZone& zone, QObject* parent) : QAbstractTableModel(parent), m_zone(zone)
{
    // The order received; of one moment, the order of their ids, which grow.
    std::sort(deliveries.begin(), deliveries.end(), [](const Delivery& left, const Delivery& right) {
        return std::tie(left.receivedAt, left.id.text) < std::tie(right.receivedAt, right.id.text);
    });
    m_rows.reserve(deliveries.size());
    for (const Delivery& delivery : std::as_const(deliveries))
        m_rows.append({delivery, {}, true, false});
    m_included = static_cast<int>(m_rows.size());
}

QList<core::DeliveryId> ReplayModel::includedIds() const
{
    QList<core::DeliveryId> ids;
    for (const Row& row : m_rows) {
        if (row.included)
            ids << row.delivery.id;
    }
    return ids;
}

QList<core::DeliveryId> ReplayModel::idsToForesee() const
{
    QList<core::DeliveryId> ids;
    for (const Row& row : m_rows) {
        if (!row.leftOutByHand)
            ids << row.delivery.id;
    }
    return ids;
}

bool ReplayModel::isForeseen() const
{
    return std::all_of(m_rows.begin(), m_rows.end(), [](const Row& row) { return !row.included || row.outcome; });
}

qint64 ReplayModel::outcomes(Outcome outcome) const
{
    return std::count_if(m_rows.begin(), m_rows.end(),
                         [outcome](const Row& row) { return row.outcome && row.outcome->outcome == outcome; });
}

void ReplayModel::setOutcomes(const QList<WebhookOutcome>& outcomes)
{
    qsizetype next = 0;
    for (Row& row : m_rows) {
        row.outcome.reset();
        if (!row.leftOutByHand && next < outcomes.size())
            row.outcome = outcomes.at(next++);
    }
    tellAll();
}

void ReplayModel::includeIdle(bool included)
{
    for (Row& row : m_rows) {
        if (!row.leftOutByHand && row.outcome && row.outcome->outcome != Outcome::Applied)
            row.included = included;
    }
    tellAll();
}

/// Each delivery builds on the ones before it of the same job: without one that is applied, or with it, the dry run of the later ones is void.
void ReplayModel::voidLaterOf(int row)
{
    const Row& changed = m_rows.at(row);
    const auto jobOf = [](const Row& one) { return one.outcome && one.outcome->jobId ? one.outcome->jobId : one.delivery.jobId; };
    const auto job = jobOf(changed);
    if (!job || (changed.outcome && changed.outcome->outcome != Outcome::Applied))
        return;
    if (!changed.included && !changed.outcome)
        return;    // it was void itself, and what comes after it with it
    for (qsizetype later = row + 1; later < m_rows.size(); ++later) {
        Row& other = m_rows[later];
        if (!other.outcome || jobOf(other) != job)
            continue;
        other.outcome.reset();
        const int at = static_cast<int>(later);
        emit dataChanged(index(at, 0), index(at, columns - 1));
    }
}

void ReplayModel::tellAll()
{
    m_included = static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [](const Row& row) { return row.included; }));
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
    emit inclusionChanged();
}

int ReplayModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ReplayModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString ReplayModel::text(const Row& row, int column) const
{
    switch (column) {
    case Received: return exactTime(row.delivery.receivedAt, m_zone).section(u' ', 1, 1);
    case Source: return sourceText(row.delivery.source);
    case Says: return row.outcome ? saysText(*row.outcome) : QString();
    case Was: return outcomeText(row.delivery.outcome);
    case DryRun: return row.outcome ? outcomeText(row.outcome->outcome) : row.included ? QString() : tr("left out");
    default: return {};
    }
}

QVariant ReplayModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows.at(index.row());
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    if (role == Qt::CheckStateRole && index.column() == Included)
        return row.included ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::AccessibleTextRole && index.column() == Included)
        return row.included ? tr("included") : tr("left out");
    if (role == OutcomeRole && row.outcome)
        return static_cast<int>(row.outcome->outcome);
    if (role == Qt::ToolTipRole) {
        switch (index.column()) {
        case Received: return exactTime(row.delivery.receivedAt, m_zone);
        case Was: return plainLine(row.delivery.outcomeDetail).left(500).toHtmlEscaped();
        case DryRun: return row.outcome ? replayReason(*row.outcome).left(500).toHtmlEscaped() : QString();
        default: return {};
        }
    }
    return {};
}

bool ReplayModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != Included)
        return false;
    Row& row = m_rows[index.row()];
    const bool included = value.toInt() == Qt::Checked;
    if (row.included == included)
        return true;
    row.included = included;
    row.leftOutByHand = !included;
    m_included += included ? 1 : -1;
    emit dataChanged(index, this->index(index.row(), columns - 1));
    voidLaterOf(index.row());
    emit headerDataChanged(Qt::Horizontal, Included, Included);
    emit inclusionChanged();
    return true;
}

Qt::ItemFlags ReplayModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() == Included)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant ReplayModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Received: return tr("Received");
    case Source: return tr("Source");
    case Says: return tr("Leads to");
    case Was: return tr("Was");
    case DryRun: return tr("Dry run");
    default: return QString();
    }
}

}
