// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/cancel_dialog.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/record_table.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"

#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

Record sampleRow(const core::jobs::JobSummary& job, core::Time now)
{
    Record record;
    record.key = job.id.text;
    record.cells = {statusWord(job), typeShortName(job.type, job.typeText), job.id.text, job.userId, relativeTime(job.createdAt, now)};
    record.state = stateOf(job);
    record.icon = stateIconName(*record.state);
    record.stateCell = 0;
    return record;
}

QString jobsText(qint64 count)
{
    return count == 1 ? CancelDialog::tr("1 job") : CancelDialog::tr("%1 jobs").arg(countText(count));
}

}

CancelDialog::CancelDialog(StoreSession& session, const core::tasks::ScopeRequest& scope, const QString& what, QWidget* parent)
    : ActDialog(session.profile(), tr("Cancel jobs"), parent),
      m_session(session),
      m_request(scope),
      m_from(what),
      m_more(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this))
{
    m_request.states = core::tasks::ScopeStates::Active;
    auto* model =
        new RecordModel({{tr("Status")}, {tr("Type")}, {tr("Id"), false, true, true}, {tr("Owner")}, {tr("Created"), true}}, this);
    m_sample = new RecordTable(tr("Sample of the jobs"), model, this);
    m_sample->setMostRows(core::tasks::scopeSample);
    m_more->setWordWrap(true);
    body()->addWidget(m_sample);
    body()->addWidget(m_more);
    auto* says =
        new InkLabel(tr("They turn CANCELLED at once; a worker that runs one is asked to stop, and its half-written files are removed. "
                        "Jobs that end before their turn comes are skipped."),
                     TextRole::Body, InkLabel::Ink::Text2, this);
    says->setWordWrap(true);
    body()->addWidget(says);
    setAct(tr("Cancel jobs"), tr("Counting…"));
    setScope(tr("Counting…"), m_from, false);
    connect(this, &ActDialog::actAsked, this, &CancelDialog::act);
    freeze();
}

void CancelDialog::freeze()
{
    auto* backend = m_session.backend();
    if (!backend) {
        setAct(tr("Cancel jobs"), m_session.capabilities().whyReadOnly);
        return;
    }
    core::whenDone(backend->freezeJobs(m_request), this, [this](const core::Result<core::tasks::JobScope>& scope) {
        if (scope)
            return showScope(*scope);
        setScope(tr("Not counted"), m_from, false);
        setAct(tr("Cancel jobs"), tr("There is no counted scope."));
        showError(scope.error().code == "filter_empty"_L1 ? tr("An empty filter would take every job of the store; narrow it first.")
                                                          : tr("The jobs could not be counted."),
                  scope.error(), tr("No job was changed."));
    });
}

void CancelDialog::showScope(const core::tasks::JobScope& scope)
{
    m_scope = scope;
    const qint64 count = scope.ids.size();
    const core::Time now = core::base::systemNow();
    QList<Record> records;
    for (const core::jobs::JobSummary& job : scope.sample)
        records << sampleRow(job, now);
    m_sample->records()->setRecords(records);
    m_sample->setVisible(count > 0);
    m_sample->updateGeometry();
    setScope(jobsText(count), m_from, count > 1);
    QStringList notes;
    if (count > scope.sample.size())
        notes << tr("And %1 more.").arg(countText(count - scope.sample.size()));
    if (scope.leftOut > 0) {
        const QString left = countText(scope.leftOut);
        notes << (scope.isLeftOutExact ? tr("%1 more have ended already and stay as they are.").arg(left)
                                       : tr("Over %1 more have ended already and stay as they are.").arg(left));
    }
    if (scope.searchedOnlyNewest)
        notes << tr("The filter looks into payloads: only the newest %1 jobs were searched.").arg(countText(*scope.searchedOnlyNewest));
    m_more->setText(notes.join(u' '));
    m_more->setVisible(!notes.isEmpty());
    setTargets(count);
    setAct(count == 1 ? tr("Cancel 1 job") : tr("Cancel %1 jobs").arg(countText(count)),
           count == 0 ? tr("None of these jobs is active any more.") : QString());
}

void CancelDialog::act()
{
    if (m_scope.ids.size() == 1)
        return cancelOne();
    emit manyAsked(m_scope.ids, reason());
    close();
}

void CancelDialog::cancelOne()
{
    setBusy(true);
    const core::JobId id = m_scope.ids.constFirst();
    core::whenDone(m_session.backend()->cancel(m_session.caller(), id, reason()), this,
                   [this, id](const core::Result<core::tasks::CancelAnswer>& answer) {
                       if (answer) {
                           emit oneCancelled(id, answer->times.acknowledgedAt.has_value());
                           close();
                           return;
                       }
                       const bool tooLate = answer.error().code == "job_terminal"_L1;
                       showError(tooLate ? tr("It was too late: the job has ended.") : tr("The job was not cancelled."), answer.error(),
                                 tr("The job is as it was."));
                       if (tooLate)
                           setAct(tr("Cancel 1 job"), tr("The job has ended."));
                   });
}

}
