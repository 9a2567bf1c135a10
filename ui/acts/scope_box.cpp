// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/scope_box.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/record_table.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"

#include <QVBoxLayout>

namespace ui {

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

}

QString jobsText(qint64 count)
{
    return count == 1 ? ScopeBox::tr("1 job") : ScopeBox::tr("%1 jobs").arg(countText(count));
}

ScopeBox::ScopeBox(StoreSession& session, const core::tasks::ScopeRequest& request, const QString& leftOut, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_request(request),
      m_leftOut(leftOut),
      m_more(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this))
{
    auto* model =
        new RecordModel({{tr("Status")}, {tr("Type")}, {tr("Id"), false, true, true}, {tr("Owner")}, {tr("Created"), true}}, this);
    m_sample = new RecordTable(tr("Sample of the jobs"), model, this);
    m_sample->setMostRows(core::tasks::scopeSample);
    m_more->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    column->addWidget(m_sample);
    column->addWidget(m_more);
}

ScopeBox::~ScopeBox()
{
    m_read.giveUp();
}

void ScopeBox::freeze()
{
    auto* backend = m_session.backend();
    if (!backend)
        return;    // the act is off and says why
    core::whenDone(core::backend::longReads(*backend).freezeJobs(m_request, m_read), this,
                   [this](const core::Result<core::tasks::JobScope>& scope) {
                       if (!scope)
                           return emit failed(scope.error());
                       show(*scope);
                       emit counted(*scope);
                   });
}

void ScopeBox::show(const core::tasks::JobScope& scope)
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
    QStringList notes;
    if (count > scope.sample.size())
        notes << tr("And %1 more.").arg(countText(count - scope.sample.size()));
    if (scope.leftOut > 0)
        notes << (scope.isLeftOutExact ? tr("%1 more %2 and stay as they are.") : tr("Over %1 more %2 and stay as they are."))
                     .arg(countText(scope.leftOut), m_leftOut);
    if (scope.searchedOnlyNewest)
        notes << tr("No index serves this filter: only the newest %1 jobs were searched.").arg(countText(*scope.searchedOnlyNewest));
    m_more->setText(notes.join(u' '));
    m_more->setVisible(!notes.isEmpty());
}

}
