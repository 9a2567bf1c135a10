// SPDX-License-Identifier: Apache-2.0
#include "ui/stepping/steps_model.h"

#include "core/scenarios/expectations.h"
#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/stepping/fault_words.h"
#include "ui/stepping/step_words.h"

namespace ui {

using namespace Qt::StringLiterals;
using core::scenarios::StepResult;

StepsModel::StepsModel(const QTimeZone& zone, QObject* parent) : QAbstractTableModel(parent), m_zone(zone) {}

void StepsModel::setPlay(const core::scenarios::Scenario& scenario, const core::scenarios::Run& run)
{
    beginResetModel();
    m_scenario = scenario;
    m_run = run;
    m_off.clear();
    const auto all = core::scenarios::deviations(scenario, run);
    for (const auto& deviation : all)
        m_off.insert(deviation.step);
    endResetModel();
}

QList<StageLamp> StepsModel::lampsAt(int row) const
{
    const qsizetype step = stepOf(row);
    if (step < 0 || step >= m_run.steps.size() || !m_run.steps.at(step).outcome)
        return {};
    return lampsOf(*m_run.steps.at(step).outcome, core::tasks::Mode::Apply);
}

int StepsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_run.steps.isEmpty() ? 0 : static_cast<int>(m_run.steps.size()) + 1;
}

int StepsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : CameTo + 1;
}

QString StepsModel::text(int row, int column) const
{
    const qsizetype step = stepOf(row);
    if (step < 0)
        return column == What ? tr("The job as it was made") : column == CameTo ? statusWord(m_run.before.job) : QString();
    const StepResult& result = m_run.steps.at(step);
    switch (column) {
    case Number: return countText(row);
    case What: {
        const QString title = stepTitle(m_scenario.steps.at(step), result);
        const QString note = noteText(m_scenario.steps.at(step).note);
        return note.isEmpty() ? title : u"%1 \u00b7 %2"_s.arg(title, note);
    }
    case CameTo: return isOff(row) ? tr("%1, not as expected").arg(answerText(result)) : answerText(result);
    default: return {};
    }
}

/// "Step 3, DONE, applied, the job is DONE".
QString StepsModel::spoken(int row) const
{
    if (stepOf(row) < 0)
        return text(row, What);
    return tr("Step %1, %2, %3, the job is %4")
        .arg(countText(row), text(row, What), text(row, CameTo), statusWord(m_run.steps.at(stepOf(row)).after.job));
}

QVariant StepsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::DisplayRole)
        return text(index.row(), index.column());
    if (role == Qt::AccessibleTextRole) {
        if (index.column() == What)
            return spoken(index.row());
        const auto lamps = index.column() == Stages ? lampsAt(index.row()) : QList<StageLamp>{};
        for (const StageLamp& lamp : lamps) {
            if (lamp.state == LampState::Stopped)
                return tr("Stopped at %1").arg(stageTitle(lamp.stage));
        }
        return lamps.isEmpty() ? text(index.row(), index.column()) : tr("All stages passed");
    }
    if (role == Qt::ToolTipRole) {
        const qsizetype step = stepOf(index.row());
        const core::Time at = step < 0 ? m_scenario.job.createdAt : m_scenario.steps.at(step).at;
        return plainToolTip(u"%1\n%2"_s.arg(exactTime(at, m_zone), spoken(index.row())));
    }
    return {};
}

QVariant StepsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (section == Number ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number: return u"#"_s;
    case What: return tr("Step");
    case Stages: return tr("Stages");
    case CameTo: return tr("Came to");
    default: return {};
    }
}

}
