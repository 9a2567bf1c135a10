// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/overview_tab.h"

#include "core/base/secrets.h"
#include "core/tasks/schemas.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/link_button.h"
#include "ui/base/log_view.h"
#include "ui/base/scroll_bar_names.h"
#include "ui/inspector/cancel_steps.h"
#include "ui/inspector/command_box.h"
#include "ui/inspector/command_text.h"
#include "ui/inspector/error_box.h"
#include "ui/inspector/state_timeline.h"
#include "ui/inspector/why_panel.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/text_size.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::HostFailures;
using core::backend::JobStory;

namespace {

constexpr int tailLines = 5;
constexpr qsizetype mostLanes = 50;    // drawn of the newest; the tabs have the others
constexpr qsizetype mostMarks = 2000;
constexpr qint64 mostOutputRead = 32 * 1024;

template <class Row>
QList<Row> newest(const QList<Row>& rows, qsizetype most)
{
    return rows.mid(std::max<qsizetype>(0, rows.size() - most));
}

}

void OverviewTab::Section::setVisible(bool visible) const
{
    head->setVisible(visible);
}

OverviewTab::OverviewTab(const UiContext& ui, QWidget* parent)
    : StoryTab(ui, parent),
      m_scroll(new QScrollArea(this)),
      m_column(nullptr),
      m_error(new ErrorBox(this)),
      m_timeline(new StateTimeline(this)),
      m_cancel(new CancelSteps(this)),
      m_why(new WhyPanel(this)),
      m_command(new CommandBox(this)),
      m_log(new LogView(tr("End of the log"), this))
{
    auto* page = new QWidget(m_scroll);
    page->setBackgroundRole(QPalette::Base);
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(scaled(16), scaled(14), scaled(16), scaled(16));
    m_column->setSpacing(scaled(8));
    m_column->addWidget(m_error);
    m_timelineHead = addSection(tr("Timeline"));
    m_timelineHead.caption->setAlignment(Qt::AlignRight);
    m_timelineHead.caption->setText(tr("exact times on hover"));
    m_column->addWidget(m_timeline);
    m_cancelHead = addSection(tr("Cancel"));
    m_column->addWidget(m_cancel);
    m_whyHead = addSection(tr("Why"));
    m_column->addWidget(m_why);
    m_commandHead = addSection(tr("Command"), tr("Copy"));
    m_commandHead.link->setIcon(actionIcon(u"edit-copy"_s));
    m_commandHead.link->setAccessibleName(tr("Copy the command as one line"));
    m_column->addWidget(m_command);
    m_logHead = addSection(tr("Log"), tr("Open log"));
    m_log->setWhole(true);
    m_column->addWidget(m_log);
    m_lineageHead = addSection(tr("Lineage"));
    m_lineage = new QVBoxLayout;
    m_lineage->setSpacing(0);
    m_column->addLayout(m_lineage);
    m_notesHead = addSection(tr("Notifications"));
    m_notes = new QVBoxLayout;
    m_notes->setSpacing(scaled(4));
    m_column->addLayout(m_notes);
    m_column->addStretch(1);

    m_scroll->setWidget(page);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Overview"));
    nameScrollBars(*m_scroll);
    m_scroll->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_scroll);

    connect(m_error, &ErrorBox::sameErrorsAsked, this, [this] { emit this->ui().navigator.filterAsked(m_filter); });
    connect(m_timeline, &StateTimeline::eventAsked, this, [this](qint64 sequence) { emit placeAsked(InspectorTab::Events, sequence); });
    connect(m_why, &WhyPanel::findingAsked, this, &OverviewTab::goTo);
    connect(m_why, &WhyPanel::logAsked, this, [this] { emit placeAsked(InspectorTab::Attempts, m_lastAttempt); });
    connect(m_commandHead.link, &QPushButton::clicked, m_command, &CommandBox::copy);
    connect(m_logHead.link, &QPushButton::clicked, this, [this] { emit placeAsked(InspectorTab::Attempts, m_lastAttempt); });
}

OverviewTab::Section OverviewTab::addSection(const QString& title, const QString& link)
{
    Section section;
    section.head = new QWidget(this);
    section.title = new InkLabel(title, TextRole::SmallEmphasis, InkLabel::Ink::Text2, section.head);
    section.caption = new InkLabel(TextRole::Small, InkLabel::Ink::Text3, section.head);
    section.caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* line = new QHBoxLayout(section.head);
    line->setContentsMargins(0, scaled(8), 0, 0);
    line->setSpacing(scaled(8));
    line->addWidget(section.title);
    line->addWidget(section.caption, 1);
    if (!link.isEmpty()) {
        section.link = new LinkButton(link, section.head);
        line->addWidget(section.link);
    }
    m_column->addWidget(section.head);
    return section;
}

void OverviewTab::forget()
{
    m_scroll->verticalScrollBar()->setValue(0);
    m_log->setLog({});
    m_story.reset();
    m_fallbackOf = {};
    m_fallback.clear();
}

void OverviewTab::showStory(const JobStory& story, const QList<HostFailures>& hosts)
{
    const core::Time now = core::base::systemNow();
    const QTimeZone zone = ui().preferences.timeZone();
    m_lastAttempt = story.attempts.isEmpty() ? 0 : story.attempts.last().attempt;
    m_filter = sameErrorFilter(story.job);

    const bool failed = story.job.status == core::JobStatus::Failed;
    m_error->setVisible(failed);
    if (failed) {
        std::optional<qint64> same;
        for (const HostFailures& host : hosts)
            same = same.value_or(0) + host.failed;
        m_error->showError(story.job, same);
    }
    JobStory drawn = story;
    drawn.attempts = newest(story.attempts, mostLanes);
    drawn.events = newest(story.events, mostMarks);
    m_timeline->setTimeline(timelineOf(drawn, now), zone);

    const bool cancelled = story.job.cancel.requestedAt.has_value();
    m_cancelHead.setVisible(cancelled);
    m_cancel->setVisible(cancelled);
    if (cancelled)
        m_cancel->setStory(story, zone);

    m_story = story;
    m_hosts = hosts;
    readFallback(story);
    showWhy();
    showCommand(story);
    showLog(story);
    showLineage(story);
    showNotifications(story);
}

void OverviewTab::showWhy()
{
    const JobStory& story = *m_story;
    const auto findings = findWhy(story, m_hosts, core::base::systemNow(), m_fallback);
    const bool asks = asksWhy(story, findings);
    m_whyHead.title->setText(story.job.status == core::JobStatus::Pending ? tr("Why it is not running") : tr("Why"));
    m_whyHead.caption->setText(story.job.status == core::JobStatus::Pending ? tr("read from the queue and its workers")
                                                                            : tr("read from events, log and same-error jobs"));
    m_whyHead.setVisible(asks);
    m_why->setVisible(asks);
    const bool hasLog = !story.attempts.isEmpty() && !story.attempts.last().log.value_or(QByteArray()).isEmpty();
    m_why->setFindings(findings, hasLog);
}

/// Only captions tell one, and theirs is a short output: it is read once, beside the story.
void OverviewTab::readFallback(const JobStory& story)
{
    const bool mayTell = story.job.type == core::JobType::CaptionsGenerate && story.outputBytes && *story.outputBytes <= mostOutputRead;
    if (!mayTell || story.job.id == m_fallbackOf || !ui().session.backend())
        return;
    m_fallbackOf = story.job.id;
    core::whenDone(ui().session.backend()->payload(story.job.id, core::backend::PayloadPart::Output), this,
                   [this, asked = story.job.id](const core::Result<QByteArray>& bytes) {
                       if (!bytes || asked != m_fallbackOf || !m_story || m_story->job.id != asked)
                           return;
                       const auto output = core::tasks::parseOutput(core::JobType::CaptionsGenerate, *bytes);
                       const auto* captions = std::get_if<core::tasks::CaptionsGenerateOutput>(&output.value);
                       m_fallback = captions ? plainLine(core::base::maskSecrets(captions->fallbackReason.value_or(QString()))) : QString();
                       showWhy();
                   });
}

void OverviewTab::showCommand(const JobStory& story)
{
    const auto runs = story.attempts.isEmpty() ? QList<CommandRun>() : commandsOf(story.attempts.last().commands);
    const CommandRun* run = tellingCommand(runs);
    m_commandHead.setVisible(run);
    m_command->setVisible(run);
    if (!run)
        return;
    const auto& attempt = story.attempts.last();
    QStringList caption{tr("attempt %1").arg(attempt.attempt)};
    if (!attempt.host.isEmpty())
        caption << plainLine(attempt.host);
    if (attempt.pid > 0)
        caption << tr("pid %1").arg(attempt.pid);
    if (runs.size() > 1)
        caption << tr("%1 of %2 commands").arg(run - runs.data() + 1).arg(runs.size());
    m_commandHead.caption->setText(caption.join(u" \u00b7 "_s));
    m_command->setArguments(run->arguments);
}

void OverviewTab::showLog(const JobStory& story)
{
    const QByteArray log = story.attempts.isEmpty() ? QByteArray() : story.attempts.last().log.value_or(QByteArray());
    m_logHead.setVisible(!log.isEmpty());
    m_log->setVisible(!log.isEmpty());
    if (log.isEmpty())
        return;
    LogLines lines;
    lines.setText(log);
    const int first = std::max(0, lines.count() - tailLines);
    QByteArray tail;
    for (int line = first; line < lines.count(); ++line)
        tail += lines.raw(line).toByteArray() + '\n';
    m_logHead.title->setText(first == 0 ? tr("Log, %1 lines").arg(lines.count())
                                        : tr("Log, last %1 of %2 lines").arg(tailLines).arg(countText(lines.count())));
    m_log->setFirstNumber(first + 1);
    m_log->setLog(tail);
}

void OverviewTab::clearRows(QVBoxLayout* rows)
{
    while (QLayoutItem* item = rows->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void OverviewTab::showLineage(const JobStory& story)
{
    QStringList ids;
    for (const auto& id : story.retriedAs)
        ids << id.text;
    const QString from = story.job.retriedFrom ? story.job.retriedFrom->text : QString();
    const QString shown = from + u'|' + ids.join(u'|');
    m_lineageHead.setVisible(!from.isEmpty() || !ids.isEmpty());
    if (shown == m_lineageShown)
        return;
    m_lineageShown = shown;
    clearRows(m_lineage);
    const auto add = [this](const QString& word, const QString& id) {
        auto* row = new QWidget(this);
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->addWidget(new InkLabel(word, TextRole::Body, InkLabel::Ink::Text2, row));
        auto* link = new LinkButton(plainLine(id), row);
        keepFont(link, TextRole::Mono);
        link->setAccessibleName(tr("%1 job %2").arg(word, id));
        connect(link, &QPushButton::clicked, this, [this, id] { emit ui().navigator.jobAsked(core::JobId{id}); });
        line->addWidget(link);
        line->addStretch();
        m_lineage->addWidget(row);
    };
    if (!from.isEmpty())
        add(tr("retried from"), from);
    for (const QString& id : std::as_const(ids))
        add(tr("retried as"), id);
}

void OverviewTab::showNotifications(const JobStory& story)
{
    m_notesHead.setVisible(!story.notifications.isEmpty());
    QStringList lines;
    const QTimeZone zone = ui().preferences.timeZone();
    for (const auto& note : story.notifications) {
        lines << tr("%1 \u00b7 %2 \u00b7 %3").arg(exactTime(note.createdAt, zone), plainLine(note.title), plainLine(note.body)) + u'\n' +
                     (note.isRead ? tr("read") : tr("not read")) +
                     (note.userId.isEmpty() ? QString() : tr(" by %1").arg(plainLine(note.userId)));
    }
    const QString shown = lines.join(u'\v');
    if (shown == m_notesShown)
        return;
    m_notesShown = shown;
    clearRows(m_notes);
    for (const QString& line : std::as_const(lines)) {
        auto* label = new InkLabel(line, TextRole::Small, InkLabel::Ink::Text2, this);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_notes->addWidget(label);
    }
}

void OverviewTab::goTo(const WhyFinding& finding)
{
    switch (finding.source) {
    case WhyFinding::Source::Event: emit placeAsked(InspectorTab::Events, finding.place); return;
    case WhyFinding::Source::LogLine: emit logLineAsked(m_lastAttempt, static_cast<int>(finding.place)); return;
    case WhyFinding::Source::Attempt: emit placeAsked(InspectorTab::Attempts, finding.place); return;
    case WhyFinding::Source::Broker: emit placeAsked(InspectorTab::Broker, 0); return;
    case WhyFinding::Source::Delivery: emit placeAsked(InspectorTab::Webhooks, 0); return;
    case WhyFinding::Source::Output: emit placeAsked(InspectorTab::Output, 0); return;
    case WhyFinding::Source::Jobs: emit ui().navigator.filterAsked(finding.filter); return;
    }
    Q_UNREACHABLE();
}

}
