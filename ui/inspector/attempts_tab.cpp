// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/attempts_tab.h"

#include "ui/base/clock_time.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/link_button.h"
#include "ui/base/log_pane.h"
#include "ui/base/log_view.h"
#include "ui/base/record_table.h"
#include "ui/inspector/command_box.h"
#include "ui/inspector/command_text.h"
#include "ui/session/preferences.h"
#include "ui/theme/icons.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::HostFailures;
using core::backend::JobStory;
using core::jobs::JobAttempt;

namespace {

constexpr qsizetype mostRows = 1000;    // a job of more runs is a loop, and its newest tell all

JobState lookOf(const QString& outcome)
{
    if (outcome.isEmpty())
        return JobState::Running;
    if (outcome == u"done")
        return JobState::Done;
    if (outcome == u"failed")
        return JobState::Failed;
    if (outcome == u"cancelled")
        return JobState::Cancelled;
    return outcome == u"lost" || outcome == u"stopped" ? JobState::CancelAsked : JobState::Unknown;
}

QString outcomeWord(const QString& outcome)
{
    if (outcome.isEmpty())
        return AttemptsTab::tr("running");
    if (outcome == u"lost")
        return AttemptsTab::tr("worker lost");
    if (outcome == u"stopped")
        return AttemptsTab::tr("handed back");
    return outcome;
}

Record recordOf(const JobAttempt& attempt, core::Time created, const QTimeZone& zone)
{
    Record record;
    record.key = QString::number(attempt.attempt);
    record.state = lookOf(attempt.outcome);
    record.icon = stateIconName(*record.state);
    record.stateCell = 0;
    const QString took = attempt.finishedAt ? lengthText(*attempt.finishedAt - attempt.startedAt) : QString();
    record.cells = {AttemptsTab::tr("%1 %2").arg(record.key, outcomeWord(attempt.outcome)),
                    clockTime(attempt.startedAt, created, zone),
                    took,
                    attempt.host,
                    attempt.pid > 0 ? QString::number(attempt.pid) : QString(),
                    attempt.error};
    record.tips = {QString(), exactTime(attempt.startedAt, zone), QString(), attempt.worker, QString(), attempt.error};
    return record;
}

}

AttemptsTab::AttemptsTab(const UiContext& ui, QWidget* parent)
    : StoryTab(ui, parent),
      m_table(new RecordTable(tr("Attempts"),
                              new RecordModel({{tr("Attempt"), false, false, false},
                                               {tr("Started"), false, true, false},
                                               {tr("Took"), true, false, false},
                                               {tr("Host"), false, true, false},
                                               {tr("Pid"), true, true, false},
                                               {tr("Error"), false, false, true}}),
                              this)),
      m_error(new InkLabel(TextRole::Body, InkLabel::Ink::Failed, this)),
      m_facts(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_commands(new RecordTable(tr("Commands of the attempt"),
                                 new RecordModel({{tr("#"), true, false, false},
                                                  {tr("Program"), false, true, false},
                                                  {tr("End"), false, false, false},
                                                  {tr("Arguments"), false, true, true}}),
                                 this)),
      m_commandHead(new QWidget(this)),
      m_command(new CommandBox(this)),
      m_logTitle(new InkLabel(TextRole::SmallEmphasis, InkLabel::Ink::Text2, this)),
      m_log(new LogPane(tr("Log of the attempt"), this))
{
    for (InkLabel* label : {m_error, m_facts}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_table->setMostRows(4);
    m_commands->setMostRows(4);
    auto* copy = new LinkButton(tr("Copy"), m_commandHead);
    copy->setIcon(actionIcon(u"edit-copy"_s));
    copy->setAccessibleName(tr("Copy the command as one line"));
    auto* head = new QHBoxLayout(m_commandHead);
    head->setContentsMargins(0, 0, 0, 0);
    head->addWidget(new InkLabel(tr("Command"), TextRole::SmallEmphasis, InkLabel::Ink::Text2, m_commandHead), 1);
    head->addWidget(copy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(16));
    column->setSpacing(scaled(8));
    column->addWidget(m_table);
    column->addWidget(m_error);
    column->addWidget(m_facts);
    column->addWidget(m_commandHead);
    column->addWidget(m_commands);
    column->addWidget(m_command);
    column->addWidget(m_logTitle);
    column->addWidget(m_log, 1);
    column->addStretch(0);
    connect(m_table, &RecordTable::currentKeyChanged, this, &AttemptsTab::showDetail);
    connect(m_commands, &RecordTable::currentKeyChanged, this, &AttemptsTab::showCommand);
    connect(copy, &QPushButton::clicked, m_command, &CommandBox::copy);
    connect(m_log->view(), &LogView::linesRead, this, &AttemptsTab::tellLines);
}

void AttemptsTab::forget()
{
    m_attempts.clear();
    m_table->records()->setRecords({});
    m_log->setLog({});
}

void AttemptsTab::showStory(const JobStory& story, const QList<HostFailures>&)
{
    const auto newest = story.attempts.mid(std::max<qsizetype>(0, story.attempts.size() - mostRows));
    const bool changed = m_attempts != newest;
    const bool wasLast = m_attempts.isEmpty() || m_table->currentKey() == QString::number(m_attempts.last().attempt);
    m_attempts = newest;
    const QTimeZone zone = ui().preferences.timeZone();
    QList<Record> records;
    for (const JobAttempt& attempt : std::as_const(m_attempts))
        records.append(recordOf(attempt, story.job.createdAt, zone));
    m_table->records()->setRecords(records);
    if (m_table->currentKey().isEmpty() && !records.isEmpty())
        m_table->setCurrentKey(records.last().key);
    else if (wasLast && changed && !records.isEmpty() && !m_table->hasFocus())
        m_table->setCurrentKey(records.last().key);    // whoever looks at the newest sees the next one come
    if (changed || m_attempts.isEmpty())
        showDetail();
}

const JobAttempt* AttemptsTab::current() const
{
    const QString key = m_table->currentKey();
    for (const JobAttempt& attempt : m_attempts) {
        if (QString::number(attempt.attempt) == key)
            return &attempt;
    }
    return nullptr;
}

void AttemptsTab::showDetail()
{
    const JobAttempt* attempt = current();
    m_error->setVisible(attempt && !attempt->error.isEmpty());
    m_table->setVisible(!m_attempts.isEmpty());
    m_logTitle->setVisible(attempt);
    if (!attempt) {
        m_facts->setText(m_attempts.isEmpty() ? tr("No worker has taken this job.") : QString());
        for (QWidget* widget : {static_cast<QWidget*>(m_commands), m_commandHead, static_cast<QWidget*>(m_command)})
            widget->hide();
        m_log->setVisible(false);
        return;
    }
    m_error->setText(attempt->error.left(2000));
    const QTimeZone zone = ui().preferences.timeZone();
    QStringList facts{
        tr("%1 to %2").arg(exactTime(attempt->startedAt, zone), attempt->finishedAt ? exactTime(*attempt->finishedAt, zone) : tr("now"))};
    if (!attempt->worker.isEmpty())
        facts << tr("worker %1").arg(plainLine(attempt->worker));
    if (!attempt->host.isEmpty())
        facts << plainLine(attempt->host);
    if (attempt->pid > 0)
        facts << tr("pid %1").arg(attempt->pid);
    m_facts->setText(facts.join(u" \u00b7 "_s));

    const auto runs = commandsOf(attempt->commands);
    QList<Record> records;
    for (qsizetype i = 0; i < runs.size(); ++i) {
        const bool wrong = runs.at(i).exitCode.value_or(0) != 0 || runs.at(i).signal != 0;
        Record record;
        record.key = u"%1/%2"_s.arg(attempt->attempt).arg(i);
        record.cells = {QString::number(i + 1), programOf(runs.at(i)), endOf(runs.at(i)), runs.at(i).arguments.mid(1).join(u' ')};
        record.state = wrong ? JobState::Failed : JobState::Done;
        record.stateCell = wrong ? 2 : -1;
        records.append(record);
    }
    m_commands->records()->setRecords(records);
    m_commands->setVisible(records.size() > 1);
    if (const CommandRun* telling = tellingCommand(runs); telling && m_commands->currentKey().isEmpty())
        m_commands->setCurrentKey(records.at(telling - runs.data()).key);
    showCommand();
    m_log->setVisible(true);
    m_log->setEmptyText(attempt->finishedAt ? tr("The tools of this attempt said nothing.")
                                            : tr("The log is stored when the attempt ends."));
    const QByteArray log = attempt->log.value_or(QByteArray());
    m_log->setLog(log);
    tellLines();
}

void AttemptsTab::tellLines()
{
    const int lines = m_log->view()->lines().count();
    m_logTitle->setText(lines == 0 ? tr("Log") : tr("Log, %1 lines").arg(countText(lines)));
}

void AttemptsTab::showCommand()
{
    const JobAttempt* attempt = current();
    const auto runs = attempt ? commandsOf(attempt->commands) : QList<CommandRun>();
    const qsizetype index = m_commands->currentKey().section(u'/', 1).toInt();
    const bool any = index < runs.size();
    m_commandHead->setVisible(any);
    m_command->setVisible(any);
    if (any)
        m_command->setArguments(runs.at(index).arguments);
}

void AttemptsTab::showAttempt(int attempt)
{
    m_table->setCurrentKey(QString::number(attempt));
    m_log->view()->setFocus();
}

void AttemptsTab::showLogLine(int attempt, int line)
{
    showAttempt(attempt);
    m_log->view()->setFollowing(false);
    m_log->view()->setCurrentLine(line - 1);
}

}
