// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/events_tab.h"

#include "ui/base/clock_time.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/log_view.h"
#include "ui/base/record_table.h"
#include "ui/session/preferences.h"
#include "ui/theme/icons.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::HostFailures;
using core::backend::JobStory;
using core::jobs::JobEvent;

namespace {

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
        text += "\npayload\n" + *event.payload;
    return text;
}

}

EventsTab::EventsTab(const UiContext& ui, QWidget* parent)
    : StoryTab(ui, parent),
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
    column->addWidget(m_title);
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
    whole->addWidget(splitter);
    connect(m_table, &RecordTable::currentKeyChanged, this, &EventsTab::showDetail);
}

void EventsTab::forget()
{
    m_events.clear();
    m_wanted = 0;
    m_table->records()->setRecords({});
    showDetail();
}

void EventsTab::showStory(const JobStory& story, const QList<HostFailures>&)
{
    m_events = story.events;
    const QTimeZone zone = ui().preferences.timeZone();
    QList<Record> records;
    records.reserve(m_events.size());
    for (const JobEvent& event : std::as_const(m_events))
        records.append(recordOf(event, story.job.createdAt, zone));
    m_table->records()->setRecords(records);
    if (m_wanted > 0)
        showEvent(m_wanted);
    else if (m_table->currentKey().isEmpty() && !records.isEmpty())
        m_table->setCurrentKey(records.last().key);    // the newest is what a person came for
}

void EventsTab::showEvent(qint64 sequence)
{
    const QString key = QString::number(sequence);
    m_wanted = m_table->records()->rowOf(key) < 0 ? sequence : 0;
    m_table->setCurrentKey(key);
    m_table->setFocus();
}

void EventsTab::showDetail()
{
    const QString key = m_table->currentKey();
    const auto event =
        std::find_if(m_events.begin(), m_events.end(), [&](const JobEvent& each) { return QString::number(each.sequence) == key; });
    const bool found = event != m_events.end();
    m_title->setText(found ? tr("Event %1").arg(event->sequence) : tr("No event is chosen"));
    m_detail->setLog(found ? detailOf(*event, ui().preferences.timeZone()) : QByteArray());
}

}
