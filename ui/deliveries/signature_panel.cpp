// SPDX-License-Identifier: Apache-2.0
#include "ui/deliveries/signature_panel.h"

#include "core/webhooks/models.h"
#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/note_box.h"
#include "ui/base/record_table.h"
#include "ui/deliveries/age_line.h"
#include "ui/session/store_session.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::webhooks::Mismatch;
using core::webhooks::SignatureReport;
using core::webhooks::Verdict;

namespace {

constexpr int mostTrials = 6;

QString mismatchWord(Mismatch mismatch)
{
    switch (mismatch) {
    case Mismatch::None: return SignaturePanel::tr("nothing is wrong");
    case Mismatch::Header: return SignaturePanel::tr("the header");
    case Mismatch::Bytes: return SignaturePanel::tr("the bytes");
    case Mismatch::Secret: return SignaturePanel::tr("the secret");
    case Mismatch::Time: return SignaturePanel::tr("the time");
    case Mismatch::Unexplained: return SignaturePanel::tr("not explained");
    }
    Q_UNREACHABLE();
}

QList<Record> trialRows(const SignatureReport& report)
{
    QList<Record> rows;
    for (const auto& trial : report.trials) {
        Record row;
        row.key = trial.name;
        row.cells = {trial.fits ? SignaturePanel::tr("fits") : SignaturePanel::tr("does not fit"), trial.sentence,
                     mismatchWord(trial.mismatch)};
        row.icon = trial.fits ? u"check"_s : u"window-close"_s;
        row.state = trial.fits ? JobState::Done : JobState::Pending;
        row.stateCell = 0;
        rows << row;
    }
    // What fits is what one looks for.
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Record& left, const Record& right) { return left.state == JobState::Done && right.state != JobState::Done; });
    return rows;
}

}

SignaturePanel::SignaturePanel(const UiContext& ui, QWidget* parent)
    : QWidget(parent),
      m_ui(ui),
      m_error(new ErrorBar(this)),
      m_note(new NoteBox(this)),
      m_age(new AgeLine(core::webhooks::signatureTolerance, this)),
      m_ageText(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_expected(new InkLabel(TextRole::MonoSmall, InkLabel::Ink::Text, this)),
      m_given(new InkLabel(TextRole::MonoSmall, InkLabel::Ink::Text, this)),
      m_trials(new RecordTable(tr("What was tried"),
                               new RecordModel({{tr("Result")}, {tr("Signed over"), false, false, true}, {tr("What would be wrong")}}),
                               this)),
      m_secret(new QLineEdit(this))
{
    m_error->setRetryOffered(false);
    m_ageText->setWordWrap(true);
    m_trials->setMostRows(mostTrials);
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_secret->setAccessibleName(tr("Try another secret"));
    m_secret->setPlaceholderText(tr("whsec_… or base64; used once and kept nowhere"));
    auto* tryIt = new QPushButton(tr("Try"), this);
    tryIt->setAutoDefault(false);
    tryIt->setAccessibleName(tr("Try this secret"));
    for (InkLabel* label : {m_expected, m_given})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* beginnings = new QFormLayout;
    beginnings->setContentsMargins(0, 0, 0, 0);
    beginnings->setVerticalSpacing(scaled(4));
    beginnings->addRow(new InkLabel(tr("Expected"), TextRole::Small, InkLabel::Ink::Text2, this), m_expected);
    beginnings->addRow(new InkLabel(tr("Given"), TextRole::Small, InkLabel::Ink::Text2, this), m_given);
    auto* trying = new QHBoxLayout;
    trying->setSpacing(scaled(8));
    auto* label = new InkLabel(tr("Try another secret"), TextRole::Small, InkLabel::Ink::Text2, this);
    label->setBuddy(m_secret);
    trying->addWidget(label);
    trying->addWidget(m_secret, 1);
    trying->addWidget(tryIt);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    column->addWidget(new InkLabel(tr("Why was it refused?"), TextRole::SmallEmphasis, InkLabel::Ink::Text2, this));
    column->addWidget(m_error);
    column->addWidget(m_note);
    column->addWidget(m_ageText);
    column->addWidget(m_age);
    column->addLayout(beginnings);
    column->addWidget(m_trials);
    column->addLayout(trying);
    hide();

    const auto tryTyped = [this] {
        if (!m_secret->text().isEmpty())
            ask(m_secret->text().trimmed().toUtf8());
    };
    connect(tryIt, &QPushButton::clicked, this, tryTyped);
    connect(m_secret, &QLineEdit::returnPressed, this, tryTyped);
}

void SignaturePanel::showDelivery(const core::webhooks::Delivery& delivery)
{
    if (delivery.id != m_id)
        forget();
    if (delivery.verdict == Verdict::Valid || delivery.verdict == Verdict::NotChecked)
        return;
    m_id = delivery.id;
    ask({});
}

SignaturePanel::~SignaturePanel()
{
    m_examination.giveUp();    // nobody waits for it any more
}

void SignaturePanel::forget()
{
    m_examination.giveUp();
    ++m_asked;
    m_id = {};
    m_secret->clear();
    m_error->clear();
    presentNothing();
    hide();
}

/// What was found of the delivery before says nothing of the next.
void SignaturePanel::presentNothing()
{
    m_note->setNotes({}, {}, {});
    for (QWidget* part : QList<QWidget*>{m_age, m_ageText, m_trials})
        part->hide();
    m_expected->setText(tr("not known"));
    m_given->setText(tr("not known"));
    m_trials->records()->setRecords({});
}

void SignaturePanel::hideEvent(QHideEvent* event)
{
    m_secret->clear();
    QWidget::hideEvent(event);
}

void SignaturePanel::ask(const QByteArray& secret)
{
    auto* backend = m_ui.session.backend();
    if (!backend || m_id.isEmpty())
        return;
    m_examination.giveUp();
    m_examination = {};
    core::whenDone(core::backend::longReads(*backend).examineSignature(m_id, secret, m_examination), this,
                   [this, asked = ++m_asked](const core::Result<SignatureReport>& report) {
                       if (asked != m_asked)
                           return;
                       if (report)
                           present(*report);
                       else
                           m_error->showError(tr("The signature could not be examined."), report.error());
                       show();
                   });
}

void SignaturePanel::present(const SignatureReport& report)
{
    m_error->clear();
    QList<Note> notes;
    for (const auto& header : report.headers)
        notes << Note{header.name, header.problem.isEmpty() ? tr("as it should be") : plainLine(header.problem)};
    if (!report.advice.isEmpty())
        notes << Note{tr("What to do"), plainLine(report.advice)};
    m_note->setNotes(plainLine(report.claim), {}, notes);
    m_age->setVisible(report.age.has_value());
    m_ageText->setVisible(report.age.has_value());
    if (report.age) {
        m_age->setAge(*report.age);
        m_ageText->setText(m_age->sentence());
    }
    m_expected->setText(report.expectedBeginning.isEmpty() ? tr("not known") : plainLine(report.expectedBeginning));
    m_given->setText(report.givenBeginning.isEmpty() ? tr("none") : plainLine(report.givenBeginning));
    m_trials->records()->setRecords(trialRows(report));
    m_trials->setVisible(!report.trials.isEmpty());
}

}
