// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/resubmit_dialog.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/diff/diff_table.h"
#include "ui/session/store_session.h"
#include "ui/submit/input_editor.h"
#include "ui/submit/input_form.h"
#include "ui/submit/reuse_box.h"
#include "ui/submit/workbench_size.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::SubmitAnswer;

namespace {

constexpr int compareAfterMs = 150;
constexpr qsizetype largestCompared = qsizetype{1} << 20;    // while one types, in this thread

}

ResubmitDialog::ResubmitDialog(const UiContext& context, const core::JobId& of, QWidget* parent)
    : ActDialog(context.session.profile(), tr("Resubmit"), parent, Reason::NotAsked),
      m_context(context),
      m_of(of),
      m_place(new QVBoxLayout),
      m_diffTitle(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text, this)),
      m_diff(new DiffTable(tr("Differences from the original"), this)),
      m_reuse(new ReuseBox(context.session, this)),
      m_asItWas(addSecondary(tr("As it was")))
{
    sizeAsWorkbench(*this);
    m_diff->setFixedHeight(scaled(28 + 24 * 4 + 2));
    m_asItWas->setToolTip(tr("Takes every change back"));
    body()->addLayout(m_place, 1);
    body()->addWidget(m_diffTitle);
    body()->addWidget(m_diff);
    body()->addWidget(m_reuse);
    m_compareSoon.setSingleShot(true);
    m_compareSoon.setInterval(compareAfterMs);
    connect(&m_compareSoon, &QTimer::timeout, this, &ResubmitDialog::compare);
    connect(m_asItWas, &QPushButton::clicked, this, [this] {
        m_editor->document().setBytes(m_job.inputData);
        m_editor->form().focusFirst();
    });
    connect(m_reuse, &ReuseBox::jobAsked, this, [this](const core::JobId& id) {
        emit jobAsked(id);
        close();
    });
    connect(m_reuse, &ReuseBox::refused, this, [this](const core::Error& error) {
        if (m_editor)
            m_editor->form().showRefusal(error.field, error.message);
    });
    connect(&context.session, &StoreSession::stateChanged, this, &ResubmitDialog::refresh);
    connect(this, &ActDialog::actAsked, this, &ResubmitDialog::act);
    setScope(tr("1 job"), of.text, false);
    refresh();
    read();
}

void ResubmitDialog::read()
{
    auto* backend = m_context.session.backend();
    if (!backend)
        return;
    core::whenDone(backend->job(m_of), this, [this](const core::Result<core::backend::JobDetails>& details) {
        if (details)
            takeJob(details->job);
        else
            showError(tr("The job could not be read."), details.error(), tr("No job was made."));
    });
}

void ResubmitDialog::takeJob(const core::jobs::Job& job)
{
    m_job = job;
    QStringList facts{tr("like %1").arg(job.id.text), typeTitle(job.type, job.typeText), statusWord(job)};
    if (!job.userId.isEmpty())
        facts << tr("owner %1").arg(job.userId);
    setScope(tr("1 job"), facts.join(u" \u00b7 "_s), false);
    m_editor = new InputEditor(job.type, job.inputData, this);
    m_place->addWidget(m_editor);
    connect(&m_editor->document(), &InputDocument::changed, this, [this] {
        m_isMade = false;
        m_compareSoon.start();
        refresh();
    });
    compare();
    refresh();
    m_editor->form().focusFirst();
}

bool ResubmitDialog::isEdited() const
{
    return m_editor && m_editor->document().bytes() != m_job.inputData;
}

void ResubmitDialog::compare()
{
    const QByteArray& now = m_editor->document().bytes();
    m_diff->setRows(meaningColumns(tr("Field")), {});
    if (m_editor->document().syntaxError()) {
        m_diffTitle->setText(tr("Differences cannot be shown while the text is no JSON"));
        return;
    }
    if (now.size() > largestCompared) {
        m_diffTitle->setText(tr("The input is too large to compare while you type"));
        return;
    }
    const auto diff = core::tasks::compareInputs(m_job.type, m_job.inputData, now);
    if (!diff) {
        m_diffTitle->setText(tr("The stored input is no JSON; there is nothing to compare with"));
        return;
    }
    m_diff->setRows(meaningColumns(tr("Field")), meaningRows(diff->differences, m_job.inputData, now));
    const qsizetype count = diff->differences.size();
    m_diffTitle->setText(count == 1   ? tr("1 difference from the original")
                         : count > 1  ? tr("%1 differences from the original").arg(countText(count))
                         : isEdited() ? tr("Spelt otherwise, with the same meaning as the original")
                                      : tr("As the original, without a change"));
}

void ResubmitDialog::refresh()
{
    const auto capabilities = m_context.session.capabilities();
    m_asItWas->setEnabled(isEdited());
    QString missing;
    if (!capabilities.canWrite)
        missing = capabilities.whyReadOnly;
    else if (!m_context.session.isOpen())
        missing = tr("The store does not answer.");
    else if (!m_editor)
        missing = tr("The job is being read.");
    else if (m_job.type == core::JobType::Unknown)
        missing = tr("Nothing here runs jobs of the type %1.").arg(plainLine(m_job.typeText));
    else
        missing = m_editor->whatIsMissing();
    setTargets(1);
    setAct(isEdited() ? tr("Resubmit 1 job, edited") : tr("Resubmit 1 job"),
           m_isMade ? tr("It is made. Change something to submit another.") : missing);
    if (m_isMade)
        return;
    if (missing.isEmpty())
        m_reuse->ask({m_job.type, m_editor->document().bytes(), m_job.userId, m_job.projectId, m_of, false});
    else
        m_reuse->rest();    // why stands beside the act
}

void ResubmitDialog::act()
{
    core::tasks::ResubmitRequest request{m_of, {}, m_reuse->isForced()};
    if (isEdited())
        request.input = m_editor->document().bytes();
    setBusy(true);
    m_editor->setEnabled(false);
    core::whenDone(m_context.session.backend()->resubmit(m_context.session.caller(), request), this,
                   [this](const core::Result<SubmitAnswer>& answer) { takeAnswer(answer); });
}

void ResubmitDialog::takeAnswer(const core::Result<SubmitAnswer>& answer)
{
    m_editor->setEnabled(true);
    if (!answer) {
        const bool isTwin = answer.error().code == "duplicate_active"_L1;
        refresh();    // says which job it is, and offers to run beside it
        showError(isTwin ? tr("An active job does the same; no new job was made.") : tr("The job was not made."), answer.error(),
                  tr("The original is as it was."));
        m_editor->form().showRefusal(answer.error().field, answer.error().message);
        return;
    }
    setBusy(false);
    m_isMade = true;
    m_reuse->showAnswer(*answer);
    refresh();
    emit resubmitted(m_of, *answer);
}

}
