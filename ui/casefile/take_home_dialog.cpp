// SPDX-License-Identifier: Apache-2.0
#include "ui/casefile/take_home_dialog.h"

#include "core/backend/case_files.h"
#include "ui/base/facts_row.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/note_box.h"
#include "ui/casefile/case_words.h"
#include "ui/session/store_session.h"
#include "ui/theme/metrics.h"

#include <QFileInfo>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::casefile::CaseJob;
using core::casefile::CaseSummary;

namespace {

bool hasEnded(const CaseJob& job)
{
    const auto status = core::jobs::parseStatus(job.statusText);
    return status != core::JobStatus::Pending && status != core::JobStatus::Running;
}

}

TakeHomeDialog::TakeHomeDialog(StoreSession& session, const QString& path, QWidget* parent)
    : ActDialog(session.profile(), tr("Take a case home"), parent),
      m_session(session),
      m_path(path),
      m_from(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_facts(new FactsRow(this)),
      m_rerun(new InkLabel(TextRole::Body, InkLabel::Ink::Text, this)),
      m_ended(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_masked(new NoteBox(this))
{
    setMinimumWidth(scaled(720));
    for (InkLabel* label : {m_from, m_rerun, m_ended})
        label->setWordWrap(true);
    m_masked->setFolded(true);
    m_ended->hide();
    for (QWidget* part : QList<QWidget*>{m_from, m_facts, m_rerun, m_ended, m_masked})
        body()->addWidget(part);
    body()->addStretch(1);
    connect(m_masked, &NoteBox::foldedChanged, this, [this] { resize(size().expandedTo(sizeHint())); });
    connect(this, &ActDialog::actAsked, this, [this] {
        emit takeAsked(m_path, reason());
        close();
    });
    read();
}

void TakeHomeDialog::read()
{
    setScope(tr("Reading…"), plainLine(QFileInfo(m_path).fileName()), false);
    setAct(tr("Take home"), tr("Reading…"));
    auto* backend = m_session.backend();
    if (!backend)
        return setAct(tr("Take home"), m_session.capabilities().whyReadOnly);
    core::whenDone(core::backend::caseFiles(*backend).readCase(m_path), this, [this](const core::Result<CaseSummary>& summary) {
        if (summary)
            return showSummary(*summary);
        setScope(tr("No job"), plainLine(QFileInfo(m_path).fileName()), false);
        setAct(tr("Take home"), tr("The case file cannot be used."));
        showError(tr("The case file was not read."), summary.error(), tr("Nothing was changed, here or in the file."));
    });
}

void TakeHomeDialog::showSummary(const CaseSummary& summary)
{
    m_summary = summary;
    const qint64 coming = summary.jobs.size() - summary.alreadyHere.size();
    const QString jobs = coming == 1 ? tr("1 job") : tr("%1 jobs").arg(countText(coming));
    setScope(jobs,
             u"%1 %2 \u00b7 %3"_s.arg(typeTitle(summary.subject.type, summary.subject.typeText), statusWord(summary.subject),
                                      summary.subject.id.text),
             false);
    m_from->setText(tr("Made %1, from %2.").arg(exactTime(summary.exportedAt, QTimeZone::systemTimeZone()), plainLine(summary.origin)));
    const qint64 files = std::count_if(summary.files.begin(), summary.files.end(),
                                       [](const auto& file) { return file.state == core::casefile::FileState::In; });
    m_facts->setFacts({{tr("Events"), countText(summary.counts.events), {}, {}},
                       {tr("Attempts"), countText(summary.counts.attempts), {}, {}},
                       {tr("Deliveries"), countText(summary.counts.deliveries), {}, {}},
                       {tr("Files"), countText(files), sizeText(summary.bytesIn()), {}}});
    m_rerun->setText(rerunSentence(summary.rerun));
    m_rerun->setInk(summary.rerun.isPossible ? InkLabel::Ink::Text : InkLabel::Ink::Warning);
    const auto open = std::count_if(summary.jobs.begin(), summary.jobs.end(), [](const CaseJob& job) { return !hasEnded(job); });
    m_ended->setText(
        open == 1
            ? tr("1 job had not ended when the file was made. It is CANCELLED here, for nobody runs it.")
            : tr("%1 jobs had not ended when the file was made. They are CANCELLED here, for nobody runs them.").arg(countText(open)));
    m_ended->setVisible(open > 0);
    m_masked->setNotes(maskedTitle(summary.masked), tr("They are not in the file; nothing here can bring them back."),
                       maskedNotes(summary.masked));
    setTargets(coming);
    setAct(tr("Take %1 home").arg(jobs), whyNot(summary));
    resize(size().expandedTo(sizeHint()));
}

QString TakeHomeDialog::whyNot(const CaseSummary& summary) const
{
    if (const auto capabilities = m_session.capabilities(); !capabilities.canWrite)
        return capabilities.whyReadOnly;
    if (summary.isAllHere())
        return summary.jobs.size() == 1 ? tr("This job is in the store already.") : tr("All its jobs are in the store already.");
    return {};
}

}
