// SPDX-License-Identifier: Apache-2.0
#include "ui/stepping/stepping_dialog.h"

#include "core/backend/backend.h"
#include "core/scenarios/expectations.h"
#include "ui/acts/act_dialog.h"
#include "ui/base/empty_state.h"
#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/keycap.h"
#include "ui/base/note_box.h"
#include "ui/diff/diff_table.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/stepping/fault_bench.h"
#include "ui/stepping/step_controls.h"
#include "ui/stepping/step_view.h"
#include "ui/stepping/step_words.h"
#include "ui/stepping/steps_table.h"
#include "ui/theme/icons.h"
#include "ui/window/environment_band.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::scenarios::Fault;
using core::scenarios::Run;
using core::scenarios::Scenario;

SteppingDialog::SteppingDialog(const UiContext& context, core::Lane& files, QWidget* parent)
    : QDialog(parent),
      m_context(context),
      m_files(files),
      m_model(new StepsModel(context.preferences.timeZone(), this)),
      m_table(new StepsTable(m_model, this)),
      m_controls(new StepControls(this)),
      m_view(new StepView(context.preferences.timeZone(), this)),
      m_bench(new FaultBench(this)),
      m_title(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text, this)),
      m_sentence(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_error(new ErrorBar(this)),
      m_notes(new NoteBox(this)),
      m_empty(new EmptyState(this)),
      m_stack(new QStackedWidget(this)),
      m_stopButton(new QPushButton(tr("Stop"), this)),
      m_save(new QPushButton(tr("Save scenario…"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Step through \u2013 %1").arg(plainLine(context.session.profile().name)));
    resize(scaled(1280), scaled(800));
    setMinimumSize(scaled(900), scaled(480));
    m_stack->addWidget(makePanes());
    m_stack->addWidget(makeEmpty());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12));
    column->setSpacing(scaled(12));
    column->addLayout(makeHead());
    column->addWidget(m_error);
    column->addWidget(m_notes);
    column->addWidget(m_stack, 1);
    column->addLayout(makeFoot());
    m_tick.setInterval(100);
    connect(&m_tick, &QTimer::timeout, this, &SteppingDialog::showBusy);
    connect(m_table, &StepsTable::currentRowChanged, this, [this](int row) {
        if (row < 0)
            return;
        m_controls->setPosition(row);
        m_view->showPosition(m_model->scenario(), m_model->run(), row);
        m_bench->showFor(m_model->scenario(), StepsModel::stepOf(row));
    });
    connect(m_controls, &StepControls::positionAsked, this, &SteppingDialog::goTo);
    connect(m_bench, &FaultBench::faultAsked, this, &SteppingDialog::putFault);
    connect(m_bench, &FaultBench::takeBackAsked, this, &SteppingDialog::takeBackFault);
    connect(m_error, &ErrorBar::retryAsked, this, [this] {
        if (m_path.isEmpty())
            load(m_job);
        else
            loadFile(m_path);
    });
    listenToKeys();
    m_table->setFocus();
}

/// What nobody waits for any more ends.
SteppingDialog::~SteppingDialog()
{
    m_stop.cancel();
}

QLayout* SteppingDialog::makeHead()
{
    const ConnectionProfile& profile = m_context.session.profile();
    auto* swatch = new QLabel(this);
    swatch->setPixmap(environmentIcon(profile.environment).pixmap(scaled(16)));
    swatch->setAccessibleName(environmentWord(profile.environment));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setText(tr("Step through"));
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_stopButton->setAutoDefault(false);
    m_stopButton->setAccessibleName(tr("Stop reading or playing"));
    m_stopButton->hide();
    connect(m_stopButton, &QPushButton::clicked, this, [this] { m_stop.cancel(); });
    auto* first = new QHBoxLayout;
    first->setSpacing(scaled(8));
    first->addWidget(swatch);
    first->addWidget(m_title);
    first->addWidget(new InkLabel(connectionWords(profile), TextRole::Body, InkLabel::Ink::Text2, this), 1);
    auto* second = new QHBoxLayout;
    second->setSpacing(scaled(12));
    second->addWidget(m_controls);
    second->addWidget(m_sentence, 1);
    second->addWidget(m_stopButton);
    auto* head = new QVBoxLayout;
    head->setSpacing(scaled(8));
    head->addLayout(first);
    head->addLayout(second);
    return head;
}

QWidget* SteppingDialog::makePanes()
{
    auto* panes = new QSplitter(Qt::Horizontal, this);
    panes->setChildrenCollapsible(false);
    for (QWidget* pane : QList<QWidget*>{m_table, m_view, m_bench})
        panes->addWidget(pane);
    m_table->setMinimumWidth(scaled(300));
    m_view->setMinimumWidth(scaled(320));
    m_bench->setMinimumWidth(scaled(200));
    panes->setStretchFactor(0, 3);
    panes->setStretchFactor(1, 4);
    panes->setStretchFactor(2, 0);
    panes->setSizes({scaled(430), scaled(560), scaled(250)});
    return panes;
}

QWidget* SteppingDialog::makeEmpty()
{
    m_empty->setDrawing(u"view-webhooks"_s);
    m_empty->setTitle(tr("Nothing to step through"));
    m_empty->setSentence(tr("This job has no delivery yet, no worker has taken it, and nobody has cancelled it."));
    m_empty->setPrimary(tr("Open scenario…"), u"document-open"_s);
    connect(m_empty, &EmptyState::primaryAsked, this, &SteppingDialog::askToOpen);
    return m_empty;
}

QLayout* SteppingDialog::makeFoot()
{
    auto* open = new QPushButton(tr("Open scenario…"), this);
    auto* close = new QPushButton(tr("Close"), this);
    open->setShortcut(QKeySequence::Open);
    m_save->setShortcut(QKeySequence::Save);
    m_save->setToolTip(tr("As a file that `signalboxctl scenario run` plays and compares"));
    for (QPushButton* button : {open, close, m_save})
        button->setAutoDefault(false);
    connect(open, &QPushButton::clicked, this, &SteppingDialog::askToOpen);
    connect(m_save, &QPushButton::clicked, this, &SteppingDialog::askToSave);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(scaled(8));
    if (m_context.preferences.showsKeyboardHints()) {
        for (const auto& [key, what] : {std::pair(u"\u2190 \u2192"_s, tr("back, forward")), std::pair(tr("Home End"), tr("first, last")),
                                        std::pair(tr("Space"), tr("play"))}) {
            foot->addWidget(new Keycap(key, this));
            foot->addWidget(new InkLabel(what, TextRole::Tiny, InkLabel::Ink::Text2, this));
        }
    }
    foot->addStretch(1);
    foot->addWidget(open);
    foot->addWidget(m_save);
    foot->addWidget(close);
    return foot;
}

/// In every part but the lamps, which have Left, Right, Home and End for themselves.
void SteppingDialog::listenToKeys()
{
    for (QWidget* part : QList<QWidget*>{m_table, &m_view->rows()})
        part->installEventFilter(this);
    const auto buttons = findChildren<QAbstractButton*>();
    for (QAbstractButton* button : buttons)
        button->installEventFilter(this);
}

bool SteppingDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() & ~Qt::KeypadModifier)
        return false;
    const auto* button = qobject_cast<QAbstractButton*>(watched);
    if (button && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
        static_cast<QAbstractButton*>(watched)->click();
        return true;
    }
    if (button && key->key() == Qt::Key_Space)
        return false;    // presses it
    return m_controls->takeKey(key->key());
}

void SteppingDialog::goTo(int position)
{
    m_table->goTo(position);
}

QString SteppingDialog::sentence() const
{
    return m_sentence->text();
}

const Scenario& SteppingDialog::scenario() const
{
    return m_model->scenario();
}

void SteppingDialog::load(const core::JobId& id)
{
    auto* backend = m_context.session.backend();
    if (!backend)
        return;
    m_job = id;
    m_path.clear();
    m_title->setText(tr("Step through job %1").arg(plainLine(id.text)));
    begin(tr("Reading the deliveries"));
    core::whenDone(backend->scenarioOf(id, m_stop.token()), this, [this, round = m_round](const core::Result<Scenario>& scenario) {
        if (!end(round))
            return;
        if (!scenario)
            return fail(tr("The deliveries could not be read."), scenario.error());
        play(*scenario, {}, 0);
    });
}

void SteppingDialog::play(const Scenario& scenario, const QList<Scenario>& before, int position)
{
    auto* backend = m_context.session.backend();
    if (!backend)
        return;
    begin(tr("Playing"));
    m_of = scenario.steps.size();
    core::tasks::ActControl control;
    control.cancel = m_stop.token();
    control.progress = [done = m_done](qsizetype now, qsizetype) { done->store(now); };
    core::whenDone(backend->playScenario(scenario, control), this,
                   [this, scenario, before, position, round = m_round](const core::Result<Run>& run) {
                       if (!end(round))
                           return;
                       if (!run)
                           return fail(tr("It could not be played to its end."), run.error());
                       m_before = before;
                       takeRun(scenario, *run, position);
                   });
}

void SteppingDialog::takeRun(const Scenario& scenario, const Run& run, int position)
{
    m_error->clear();
    m_model->setPlay(scenario, run);
    const int steps = static_cast<int>(run.steps.size());
    m_controls->setSteps(steps);
    m_stack->setCurrentIndex(steps == 0 ? 1 : 0);
    m_save->setEnabled(steps > 0);
    m_bench->setTaken(m_before.size());
    m_sentence->setText(steps == 0 ? QString() : tr("In a scratch copy: nothing of the store is changed."));
    showDeviations();
    goTo(std::min(position, steps));
    m_bench->showFor(scenario, StepsModel::stepOf(m_controls->position()));
}

/// What differs from the file, and what was left out of the scenario when it was made.
void SteppingDialog::showDeviations()
{
    const auto all = core::scenarios::deviations(scenario(), m_model->run());
    QList<Note> notes;
    for (const auto& deviation : all)
        notes << Note{
            tr("Step %1").arg(countText(deviation.step + 1)),
            tr("%1: %2, expected was %3").arg(deviationField(deviation.field), plainLine(deviation.got), plainLine(deviation.expected))};
    const auto remarks = scenario().remarks;
    for (const QString& remark : remarks)
        notes << Note{{}, plainLine(remark)};
    const qsizetype expected = core::scenarios::expectedSteps(scenario());
    if (!all.isEmpty())
        m_notes->setNotes(tr("It went otherwise than the file says"), tr("Steps that differ are marked in the list."), notes);
    else
        m_notes->setNotes(tr("About this scenario"), {}, notes);
    if (all.isEmpty() && expected > 0)
        m_sentence->setText(
            tr("All %1 steps are as the file says. In a scratch copy: nothing of the store is changed.").arg(countText(expected)));
}

void SteppingDialog::putFault(Fault fault)
{
    const auto faulted = core::scenarios::withFault(scenario(), fault, StepsModel::stepOf(m_controls->position()));
    if (!faulted || m_open > 0)
        return;
    play(faulted->scenario, m_before + QList<Scenario>{scenario()}, static_cast<int>(faulted->step) + 1);
}

void SteppingDialog::takeBackFault()
{
    if (m_before.isEmpty() || m_open > 0)
        return;
    play(m_before.constLast(), m_before.first(m_before.size() - 1), m_controls->position());
}

void SteppingDialog::begin(const QString& what)
{
    ++m_open;
    ++m_round;
    m_stop.cancel();    // nobody waits for what came before
    m_stop = core::CancelSource();
    m_done->store(0);
    m_of = 0;
    m_doing = what;
    m_bench->setBusy();
    m_save->setEnabled(false);
    m_stopButton->show();
    m_tick.start();
    showBusy();
}

bool SteppingDialog::end(int round)
{
    --m_open;
    if (round != m_round)
        return false;
    m_tick.stop();
    m_stopButton->hide();
    m_sentence->clear();
    return true;
}

void SteppingDialog::showBusy()
{
    m_sentence->setText(m_of > 0 ? tr("%1, %2 of %3 steps").arg(m_doing, countText(m_done->load()), countText(m_of))
                                 : tr("%1\u2026").arg(m_doing));
}

void SteppingDialog::fail(const QString& what, const core::Error& error)
{
    const bool hasPlay = m_model->rowCount() > 0;
    m_save->setEnabled(hasPlay);
    m_bench->setTaken(m_before.size());
    m_bench->showFor(scenario(), hasPlay ? StepsModel::stepOf(m_controls->position()) : -1);
    if (error.kind == core::ErrorKind::Cancelled)
        return m_sentence->setText(tr("Stopped. What is shown is from before."));
    m_error->showError(what, error, tr("Nothing of the store was changed."));
}

}
