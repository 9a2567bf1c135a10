// SPDX-License-Identifier: Apache-2.0
#include "ui/casefile/export_case_dialog.h"

#include "core/backend/case_files.h"
#include "ui/base/facts_row.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/note_box.h"
#include "ui/casefile/case_words.h"
#include "ui/session/store_session.h"
#include "ui/theme/metrics.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::casefile::CaseFile;
using core::casefile::CaseRequest;
using core::casefile::CaseSummary;
using core::casefile::FileState;

namespace {

const char* const kindProperty = "caseFileKind";

/// Files of one kind, as the plan of everything has them.
struct KindOfFiles {
    QString kind;
    qint64 files = 0;
    qint64 bytes = 0;
    qint64 missing = 0;
};

QList<KindOfFiles> kindsOf(const QList<CaseFile>& files)
{
    QList<KindOfFiles> kinds;
    for (const CaseFile& file : files) {
        auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const KindOfFiles& each) { return each.kind == file.kind; });
        if (kind == kinds.end())
            kind = kinds.insert(kinds.end(), KindOfFiles{file.kind});
        const bool isIn = file.state == FileState::In;
        kind->files += isIn ? 1 : 0;
        kind->bytes += isIn ? file.sizeBytes : 0;
        kind->missing += isIn ? 0 : 1;
    }
    return kinds;
}

QString kindText(const KindOfFiles& kind)
{
    const QString name = fileKindText(kind.kind);
    if (kind.files == 0)
        return ExportCaseDialog::tr("%1: not in the storage any more").arg(name);
    QString text = kind.files == 1 ? u"%1, %2"_s.arg(name, sizeText(kind.bytes))
                                   : ExportCaseDialog::tr("%1: %2 files, %3").arg(name, countText(kind.files), sizeText(kind.bytes));
    if (kind.missing > 0)
        text += ExportCaseDialog::tr(" (%1 more are not in the storage any more)").arg(countText(kind.missing));
    return text;
}

}

ExportCaseDialog::ExportCaseDialog(StoreSession& session, const core::JobId& job, QWidget* parent)
    : ActDialog(session.profile(), tr("Export case file"), parent, Reason::NotAsked),
      m_session(session),
      m_job(job),
      m_facts(new FactsRow(this)),
      m_kinds(new QVBoxLayout),
      m_lineage(new QCheckBox(tr("Also the jobs that it retries, and that retry it"), this)),
      m_masked(new NoteBox(this)),
      m_rerun(new InkLabel(TextRole::Body, InkLabel::Ink::Text, this)),
      m_kept(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this))
{
    setMinimumWidth(scaled(720));
    auto* says =
        new InkLabel(tr("One file with everything of this job. It opens in any console, only to be looked at, and can be taken into "
                        "another store to run the job again."),
                     TextRole::Body, InkLabel::Ink::Text2, this);
    for (InkLabel* label : {says, m_rerun, m_kept})
        label->setWordWrap(true);
    m_masked->setFolded(true);
    m_kinds->setSpacing(scaled(4));
    body()->addWidget(says);
    body()->addWidget(m_facts);
    body()->addLayout(m_kinds);
    body()->addWidget(m_lineage);
    body()->addWidget(m_rerun);
    body()->addWidget(m_masked);
    body()->addWidget(m_kept);
    body()->addStretch(1);
    connect(m_lineage, &QCheckBox::toggled, this, &ExportCaseDialog::startPlan);
    connect(m_masked, &NoteBox::foldedChanged, this, [this] { resize(size().expandedTo(sizeHint())); });
    connect(this, &ActDialog::actAsked, this, &ExportCaseDialog::chooseFile);
    m_lineage->setFocus();
    startPlan();
}

CaseRequest ExportCaseDialog::request() const
{
    CaseRequest request;
    request.job = m_job;
    request.withLineage = m_lineage->isChecked();
    QStringList kinds;
    bool isAll = true;
    for (const QCheckBox* box : m_boxes) {
        const QString kind = box->property(kindProperty).toString();
        if (kind == "input"_L1)
            request.withInput = box->isChecked() || !box->isEnabled();
        else if (box->isChecked() || !box->isEnabled())
            kinds << kind;
        else
            isAll = false;
    }
    if (!isAll)
        request.kinds = kinds;
    return request;
}

void ExportCaseDialog::exportTo(const QString& path)
{
    CaseRequest wanted = request();
    wanted.mayReplace = true;    // the file dialog has asked; the core replaces nothing but another case
    emit exportAsked(wanted, path);
    close();
}

/// Of everything: what is left out again is reckoned here.
void ExportCaseDialog::startPlan()
{
    setScope(tr("1 job"), plainLine(m_job.text), false);
    setAct(tr("Export…"), tr("Reading…"));
    auto* backend = m_session.backend();
    if (!backend)
        return setAct(tr("Export…"), m_session.capabilities().whyReadOnly);
    CaseRequest all;
    all.job = m_job;
    all.withLineage = m_lineage->isChecked();
    core::whenDone(core::backend::caseFiles(*backend).planCase(all), this,
                   [this, round = ++m_round](const core::Result<CaseSummary>& plan) {
                       if (round != m_round)
                           return;
                       if (plan)
                           return showPlan(*plan);
                       setAct(tr("Export…"), tr("The job was not read."));
                       showError(tr("What would go into the file could not be read."), plan.error(), tr("No file was written."));
                   });
}

void ExportCaseDialog::showPlan(const CaseSummary& plan)
{
    m_plan = plan;
    const auto& counts = plan.counts;
    setScope(plan.jobs.size() == 1 ? tr("1 job") : tr("%1 jobs").arg(countText(plan.jobs.size())),
             u"%1 %2 \u00b7 %3"_s.arg(typeTitle(plan.subject.type, plan.subject.typeText), statusWord(plan.subject), plan.subject.id.text),
             false);
    m_facts->setFacts({{tr("Events"), countText(counts.events), {}, {}},
                       {tr("Attempts"), countText(counts.attempts), {}, tr("With commands and logs")},
                       {tr("Deliveries"), countText(counts.deliveries), {}, tr("With headers and bodies")},
                       {tr("Artifacts"), countText(counts.artifacts), {}, {}}});
    m_masked->setNotes(maskedTitle(plan.masked), tr("Headers, messages, logs, command lines and payloads are looked through."),
                       maskedNotes(plan.masked));
    const QString left = leftOutSentence(plan);
    m_kept->setText(left.isEmpty() ? keptSentence(plan.hosts) : left + u' ' + keptSentence(plan.hosts));
    makeKindBoxes();
    setTargets(1);
    follow();
    resize(size().expandedTo(sizeHint()));
}

void ExportCaseDialog::makeKindBoxes()
{
    QStringList off;    // what the person has left out stays out when the plan is read again
    for (QCheckBox* box : std::as_const(m_boxes)) {
        if (box->isEnabled() && !box->isChecked())
            off << box->property(kindProperty).toString();
        delete box;
    }
    m_boxes.clear();
    const QList<KindOfFiles> kinds = kindsOf(m_plan->files);
    for (const KindOfFiles& kind : kinds) {
        auto* box = new QCheckBox(kindText(kind).replace(u'&', u"&&"_s), this);
        box->setProperty(kindProperty, kind.kind);
        box->setEnabled(kind.files > 0);
        box->setChecked(kind.files > 0 && !off.contains(kind.kind));
        box->setAccessibleName(kindText(kind));
        connect(box, &QCheckBox::toggled, this, &ExportCaseDialog::follow);
        m_kinds->addWidget(box);
        box->show();    // a layout shows it a moment later, and the dialog would be measured without it
        m_boxes << box;
    }
    QWidget* before = m_boxes.isEmpty() ? nullptr : m_boxes.first();
    for (QCheckBox* box : std::as_const(m_boxes)) {
        if (before != box)
            setTabOrder(before, box);
        before = box;
    }
    if (before)
        setTabOrder(before, m_lineage);
}

/// What the choices come to.
void ExportCaseDialog::follow()
{
    const CaseRequest wanted = request();
    qint64 bytes = 0;
    for (const CaseFile& file : m_plan->files) {
        const bool isChosen = file.kind == "input"_L1 ? wanted.withInput : !wanted.kinds || wanted.kinds->contains(file.kind);
        bytes += isChosen && file.state == FileState::In ? file.sizeBytes : 0;
    }
    core::casefile::Rerun rerun = m_plan->rerun;
    if (!wanted.withInput)
        rerun = {false, u"input_left_out"_s, {}};
    m_rerun->setText(rerunSentence(rerun));
    m_rerun->setInk(rerun.isPossible ? InkLabel::Ink::Text : InkLabel::Ink::Warning);
    setAct(bytes > 0 ? tr("Export 1 job, %1 of files…").arg(sizeText(bytes)) : tr("Export 1 job without files…"));
}

void ExportCaseDialog::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Export case file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Case files (*%1)").arg(core::casefile::caseSuffix));
    dialog->setDefaultSuffix(core::casefile::caseSuffix.mid(1));
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->selectFile(suggestedCaseName(m_plan->subject));
    connect(dialog, &QFileDialog::fileSelected, this, &ExportCaseDialog::exportTo);
    dialog->open();
}

}
