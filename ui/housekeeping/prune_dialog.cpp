// SPDX-License-Identifier: Apache-2.0
#include "ui/housekeeping/prune_dialog.h"

#include "ui/base/facts_row.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/record_table.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::JobSummary;
using core::tasks::PruneAnswer;

namespace {

constexpr int sampleRows = 6;
constexpr int typingPauseMs = 250;

Record sampleRow(const JobSummary& job, core::Time now)
{
    Record record;
    record.key = job.id.text;
    record.state = stateOf(job);
    record.icon = stateIconName(*record.state);
    record.stateCell = 0;
    record.cells = {statusWord(job), typeShortName(job.type, job.typeText), job.id.text, job.userId,
                    job.finishedAt ? relativeTime(*job.finishedAt, now) : QString()};
    return record;
}

}

PruneDialog::PruneDialog(StoreSession& session, QWidget* parent)
    : ActDialog(session.profile(), tr("Remove old jobs"), parent),
      m_session(session),
      m_age(new QSpinBox(this)),
      m_unit(new QComboBox(this)),
      m_facts(new FactsRow(this)),
      m_more(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this))
{
    setMinimumWidth(scaled(720));
    m_age->setRange(0, 9999);
    m_age->setValue(30);
    m_age->setAccessibleName(tr("Age"));
    m_unit->addItem(tr("hours"), 1);
    m_unit->addItem(tr("days"), 24);
    m_unit->addItem(tr("weeks"), 24 * 7);
    m_unit->setCurrentIndex(1);
    m_unit->setAccessibleName(tr("Unit of the age"));
    auto* line = new QHBoxLayout;
    line->setSpacing(scaled(8));
    line->addWidget(new InkLabel(tr("Jobs that ended more than"), TextRole::Body, InkLabel::Ink::Text, this));
    line->addWidget(m_age);
    line->addWidget(m_unit);
    line->addWidget(new InkLabel(tr("ago"), TextRole::Body, InkLabel::Ink::Text, this));
    line->addStretch(1);
    auto* model = new RecordModel({{tr("Status")}, {tr("Type")}, {tr("Id"), false, true, true}, {tr("Owner")}, {tr("Ended"), true}}, this);
    m_sample = new RecordTable(tr("Sample of the jobs"), model, this);
    m_sample->setMostRows(sampleRows);
    m_more->setWordWrap(true);
    auto* says = new InkLabel(tr("They go with their events, attempts, deliveries and artifacts, and with every file that no other job "
                                 "uses. This cannot be undone."),
                              TextRole::Body, InkLabel::Ink::Text2, this);
    says->setWordWrap(true);
    body()->addLayout(line);
    body()->addWidget(m_facts);
    body()->addWidget(m_sample);
    body()->addWidget(m_more);
    body()->addWidget(says);
    body()->addStretch(1);
    m_wait.setSingleShot(true);
    m_wait.setInterval(typingPauseMs);
    connect(&m_wait, &QTimer::timeout, this, &PruneDialog::startPreview);
    const auto later = [this] {
        m_preview.reset();
        ++m_round;    // an answer for another age is void
        setAct(tr("Remove jobs"), tr("Counting…"));
        m_wait.start();
    };
    connect(m_age, &QSpinBox::valueChanged, this, later);
    connect(m_unit, &QComboBox::currentIndexChanged, this, later);
    connect(this, &ActDialog::actAsked, this, [this] {
        emit pruneAsked(m_before, m_preview->jobs, reason());
        close();
    });
    startPreview();
    m_age->setFocus();
    m_age->selectAll();
}

void PruneDialog::setAge(int count, std::chrono::hours unit)
{
    m_unit->setCurrentIndex(m_unit->findData(static_cast<int>(unit.count())));
    m_age->setValue(count);
}

std::chrono::hours PruneDialog::age() const
{
    return std::chrono::hours(static_cast<qint64>(m_age->value()) * m_unit->currentData().toInt());
}

void PruneDialog::startPreview()
{
    setScope(tr("Counting…"), {}, false);
    setAct(tr("Remove jobs"), tr("Counting…"));
    auto* backend = m_session.backend();
    if (!backend)
        return setAct(tr("Remove jobs"), m_session.capabilities().whyReadOnly);
    m_before = core::base::systemNow() - age();
    const core::tasks::PruneRequest request{m_before, mostPruned, true};
    core::whenDone(backend->prune(m_session.caller(), request), this, [this, round = ++m_round](const core::Result<PruneAnswer>& answer) {
        if (round != m_round)
            return;
        if (answer)
            return showPreview(*answer);
        setScope(tr("Not counted"), {}, false);
        setAct(tr("Remove jobs"), tr("There is no counted scope."));
        showError(tr("What would go could not be counted."), answer.error(), tr("Nothing was removed."));
    });
}

void PruneDialog::showPreview(const PruneAnswer& answer)
{
    m_preview = answer;
    const qint64 count = answer.jobs.size();
    const QString jobs = count == 1 ? tr("1 job") : tr("%1 jobs").arg(countText(count));
    setScope(jobs, tr("ended before %1").arg(exactTime(m_before, QTimeZone::systemTimeZone())), count > 0);
    m_facts->setFacts(
        {{tr("Jobs"), countText(count), {}, {}},
         {tr("Files"), countText(answer.files), {}, tr("Files that nothing else uses")},
         {tr("Space"), sizeText(answer.bytes), answer.bytes < 1024 ? QString() : tr("%1 bytes").arg(countText(answer.bytes)), {}},
         {tr("Stay"), countText(answer.stillNeeded), answer.stillNeeded == 0 ? QString() : tr("an active job needs them"), {}}});
    QStringList notes;
    if (answer.missingFiles > 0)
        notes << tr("%1 of %2 files are not in this connection's storage: if another machine has them, they stay there.")
                     .arg(countText(answer.missingFiles), countText(answer.files));
    if (count > sampleRows)
        notes << tr("And %1 more.").arg(countText(count - sampleRows));
    if (count >= mostPruned)
        notes << tr("There may be more; at most %1 are removed at once, the oldest first.").arg(countText(mostPruned));
    m_more->setText(notes.join(u' '));
    m_more->setVisible(!notes.isEmpty());
    const auto capabilities = m_session.capabilities();
    setTargets(count);
    setAct(tr("Remove %1").arg(jobs), !capabilities.canWrite ? capabilities.whyReadOnly
                                      : count == 0           ? tr("No job is that old.")
                                                             : QString());
    core::whenDone(m_session.backend()->jobRows(answer.jobs.mid(0, sampleRows)), this,
                   [this, round = m_round](const core::Result<QList<JobSummary>>& rows) {
                       if (rows && round == m_round)
                           showSample(*rows);
                   });
}

void PruneDialog::showSample(const QList<JobSummary>& jobs)
{
    QList<Record> records;
    const core::Time now = core::base::systemNow();
    for (const JobSummary& job : jobs)
        records << sampleRow(job, now);
    m_sample->records()->setRecords(records);
    m_sample->setVisible(!records.isEmpty());
    m_sample->updateGeometry();
    layout()->activate();
    resize(size().expandedTo(sizeHint()));    // the rows come after the dialog is shown
}

}
