// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/events_tab.h"

#include "core/backend/long_reads.h"
#include "ui/base/clock_time.h"
#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/link_button.h"
#include "ui/base/log_view.h"
#include "ui/base/record_table.h"
#include "ui/compare/compare_button.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::HostFailures;
using core::backend::JobStory;
using core::jobs::JobEvent;

namespace {

constexpr int mostRows = core::backend::storyEvents;
constexpr qsizetype mostPayloadShown = 512 * 1024;    // an event may be as large as the delivery it came in

JobState lookOf(const JobEvent& event)
{
    core::jobs::JobSummary job;
    job.status = core::jobs::parseStatus(event.statusText);
    if (event.eventType == u"cancel_requested" || event.eventType == u"worker_lost")
        return JobState::CancelAsked;
    return stateOf(job);
}

Record recordOf(const JobEvent& event, core::Time created, const QTimeZone& zone)
{
    Record record;
    record.key = QString::number(event.sequence);
    const QString exact = exactTime(event.createdAt, zone);
    record.cells = {record.key,
                    clockTime(event.createdAt, created, zone),
                    event.eventType,
                    event.statusText,
                    event.progressPct ? QString::number(*event.progressPct) + u'%' : QString(),
                    event.message,
                    event.actor};
    record.tips = {QString(), exact, QString(), QString(), QString(), event.message, QString()};
    if (!event.statusText.isEmpty() || event.eventType == u"worker_lost") {
        record.state = lookOf(event);
        record.stateCell = 3;
    }
    return record;
}

/// Everything that the row holds, a line each; the payload last, as it is.
QByteArray detailOf(const JobEvent& event, const QTimeZone& zone)
{
    QStringList lines;
    const auto add = [&lines](const QString& name, const QString& value) {
        if (!value.isEmpty())
            lines << u"%1  %2"_s.arg(name.leftJustified(16), value);
    };
    add(u"time"_s, exactTime(event.createdAt, zone));
    add(u"event_type"_s, event.eventType);
    add(u"status"_s, event.statusText);
    add(u"progress_pct"_s, event.progressPct ? QString::number(*event.progressPct) : QString());
    add(u"message"_s, event.message);
    add(u"actor"_s, event.actor);
    add(u"attempt"_s, event.attempt ? QString::number(*event.attempt) : QString());
    add(u"worker_sequence"_s, event.workerSequence ? QString::number(*event.workerSequence) : QString());
    add(u"event_id"_s, event.eventId);
    add(u"id"_s, event.id.text);
    add(u"position"_s, QString::number(event.position));
    QByteArray text = lines.join(u'\n').toUtf8();
    if (event.payload)
        text += "\npayload\n" + event.payload->first(std::min(event.payload->size(), mostPayloadShown));
    if (event.payload && event.payload->size() > mostPayloadShown)
        text += '\n' + EventsTab::tr("Only the first %1 are shown.").arg(sizeText(mostPayloadShown)).toUtf8();
    return text;
}

const JobEvent* eventIn(const QList<JobEvent>& events, qint64 sequence)
{
    const auto event = std::find_if(events.cbegin(), events.cend(), [=](const JobEvent& each) { return each.sequence == sequence; });
    return event == events.cend() ? nullptr : &*event;
}

}

qint64 eventCount(const JobStory& story)
{
    const qint64 read = story.events.size();    // all of them, or the newest: then the last one's number tells
    return read < mostRows ? read : std::max(read, story.events.last().sequence);
}

EventsTab::EventsTab(const UiContext& ui, QWidget* parent)
    : StoryTab(ui, parent),
      m_error(new ErrorBar(this)),
      m_span(new QWidget(this)),
      m_spanText(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, m_span)),
      m_earlier(new LinkButton(tr("Earlier"), m_span)),
      m_later(new LinkButton(tr("Later"), m_span)),
      m_table(new RecordTable(tr("Events"),
                              new RecordModel({{tr("#"), true, false, false},
                                               {tr("Time"), false, true, false},
                                               {tr("Type"), false, true, false},
                                               {tr("Status"), false, false, false},
                                               {tr("Progress"), true, false, false},
                                               {tr("Message"), false, false, true},
                                               {tr("Actor"), false, false, false}}),
                              this)),
      m_title(new InkLabel(TextRole::SmallEmphasis, InkLabel::Ink::Text2, this)),
      m_detail(new LogView(tr("The chosen event"), this))
{
    m_detail->setMarksTrouble(false);
    auto* below = new QWidget(this);
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(scaled(16), scaled(8), scaled(16), scaled(16));
    auto* title = new QHBoxLayout;
    title->addWidget(m_title, 1);
    title->addWidget(new CompareButton(
        ui.navigator, [this] { return shownPayload(); }, below));
    column->addLayout(title);
    column->addWidget(m_detail, 1);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_table);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    m_table->setFrameShape(QFrame::NoFrame);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    auto* span = new QHBoxLayout(m_span);
    span->setContentsMargins(scaled(16), scaled(4), scaled(16), scaled(4));
    span->addWidget(m_spanText, 1);
    span->addWidget(m_earlier);
    span->addWidget(m_later);
    m_earlier->setAccessibleName(tr("Show earlier events"));
    m_later->setAccessibleName(tr("Show later events"));
    whole->setSpacing(0);
    whole->addWidget(m_error);
    whole->addWidget(m_span);
    whole->addWidget(splitter, 1);
    connect(m_earlier, &QPushButton::clicked, this, &EventsTab::showEarlier);
    connect(m_later, &QPushButton::clicked, this, &EventsTab::showLater);
    connect(m_error, &ErrorBar::retryAsked, this, [this] { readBefore(m_readBefore); });
    m_span->hide();
    connect(m_table, &RecordTable::currentKeyChanged, this, &EventsTab::showDetail);
}

void EventsTab::forget()
{
    ++m_round;
    m_error->clear();
    m_newest.clear();
    m_shown.clear();
    m_total = 0;
    m_seesNewest = true;
    m_wanted = 0;
    showRows();
    showDetail();
}

void EventsTab::showStory(const JobStory& story, const QList<HostFailures>&)
{
    m_newest = story.events;
    m_total = eventCount(story);
    m_job = story.job.id;
    m_created = story.job.createdAt;
    // whoever looks at one of them is not carried along with those that come
    if (const qint64 current = m_table->currentKey().toLongLong(); m_seesNewest && current > 0 && eventIn(m_shown, current))
        m_seesNewest = eventIn(m_newest, current) != nullptr;
    if (m_seesNewest)
        m_shown = m_newest;
    else
        fillUp();
    showRows();
    if (m_wanted > 0)
        showEvent(m_wanted);
    else if (m_table->currentKey().isEmpty() && !m_shown.isEmpty())
        m_table->setCurrentKey(QString::number(m_shown.last().sequence));    // the newest is what a person came for
}

/// A page that had room takes what follows it.
void EventsTab::fillUp()
{
    for (const JobEvent& event : std::as_const(m_newest)) {
        if (m_shown.size() < mostRows && event.sequence == m_shown.last().sequence + 1)
            m_shown.append(event);
    }
}

/// A row of each event would hold up the window where there are a hundred thousand.
void EventsTab::showRows()
{
    const QTimeZone zone = ui().preferences.timeZone();
    QList<Record> records;
    records.reserve(m_shown.size());
    for (const JobEvent& event : std::as_const(m_shown))
        records.append(recordOf(event, m_created, zone));
    m_table->records()->setRecords(records);
    m_span->setVisible(!m_shown.isEmpty() && m_total > m_shown.size());
    if (m_span->isHidden())
        return;
    m_spanText->setText(
        tr("Events %1 to %2 of %3").arg(countText(m_shown.first().sequence), countText(m_shown.last().sequence), countText(m_total)));
    m_earlier->setEnabled(m_shown.first().sequence > 1);
    m_later->setEnabled(!m_seesNewest);
}

void EventsTab::showEarlier()
{
    readBefore(m_shown.first().sequence);
}

void EventsTab::showLater()
{
    const qint64 before = m_shown.last().sequence + 1 + mostRows;
    if (before <= m_newest.last().sequence)
        return readBefore(before);
    ++m_round;
    m_seesNewest = true;
    m_shown = m_newest;
    showRows();
}

void EventsTab::readBefore(qint64 sequence)
{
    auto* backend = ui().session.backend();
    if (!backend)
        return;
    m_readBefore = sequence;
    core::whenDone(core::backend::longReads(*backend).eventsBefore(m_job, sequence, mostRows), this,
                   [this, asked = ++m_round](const core::Result<QList<JobEvent>>& events) {
                       if (asked == m_round)
                           takeBefore(events);
                   });
}

void EventsTab::takeBefore(const core::Result<QList<JobEvent>>& events)
{
    if (!events) {
        m_error->showError(tr("Other events of the job could not be read."), events.error(), tr("The rows below stand."));
        ui().session.noteFailure(events.error());
        return;
    }
    m_error->clear();
    if (events->isEmpty())
        return;
    m_seesNewest = false;
    m_shown = *events;
    showRows();
    if (const qint64 wanted = std::exchange(m_wanted, 0); eventIn(m_shown, wanted))
        m_table->setCurrentKey(QString::number(wanted));
}

void EventsTab::showEvent(qint64 sequence)
{
    m_wanted = 0;
    m_table->setFocus();
    if (!eventIn(m_shown, sequence) && eventIn(m_newest, sequence)) {
        m_seesNewest = true;
        m_shown = m_newest;
        showRows();
    }
    if (eventIn(m_shown, sequence)) {
        m_table->setCurrentKey(QString::number(sequence));
        return;
    }
    m_wanted = sequence;    // it is not there yet, or older than what is
    if (!m_newest.isEmpty() && sequence < m_newest.first().sequence)
        readBefore(sequence + mostRows / 2);
}

std::optional<PayloadRef> EventsTab::shownPayload() const
{
    const JobEvent* event = eventIn(m_shown, m_table->currentKey().toLongLong());
    if (!event || !event->payload)
        return {};
    return PayloadRef{PayloadRef::Kind::Event, m_job, {}, event->sequence, *event->payload};
}

void EventsTab::showDetail()
{
    const qint64 sequence = m_table->currentKey().toLongLong();
    const JobEvent* event = sequence > 0 ? eventIn(m_shown, sequence) : nullptr;
    m_title->setText(event ? tr("Event %1").arg(event->sequence) : tr("No event is chosen"));
    m_detail->setLog(event ? detailOf(*event, ui().preferences.timeZone()) : QByteArray());
}

}
