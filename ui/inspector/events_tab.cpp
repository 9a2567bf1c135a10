// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/events_tab.h"

#include "ui/base/clock_time.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/link_button.h"
#include "ui/base/log_view.h"
#include "ui/base/record_table.h"
#include "ui/session/preferences.h"
#include "ui/theme/icons.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::HostFailures;
using core::backend::JobStory;
using core::jobs::JobEvent;

namespace {

constexpr qsizetype mostRows = 1000;

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
    auto* span = new QHBoxLayout(m_span);
    span->setContentsMargins(scaled(16), scaled(4), scaled(16), scaled(4));
    span->addWidget(m_spanText, 1);
    span->addWidget(m_earlier);
    span->addWidget(m_later);
    m_earlier->setAccessibleName(tr("Show earlier events"));
    m_later->setAccessibleName(tr("Show later events"));
    whole->setSpacing(0);
    whole->addWidget(m_span);
    whole->addWidget(splitter, 1);
    connect(m_earlier, &QPushButton::clicked, this, [this] { showFrom(m_first - mostRows); });
    connect(m_later, &QPushButton::clicked, this, [this] { showFrom(m_first + mostRows); });
    m_span->hide();
    connect(m_table, &RecordTable::currentKeyChanged, this, &EventsTab::showDetail);
}

void EventsTab::forget()
{
    m_events.clear();
    m_first = 0;
    m_wanted = 0;
    showRows();
    showDetail();
}

qsizetype EventsTab::lastFirst() const
{
    return std::max<qsizetype>(0, m_events.size() - mostRows);
}

void EventsTab::showStory(const JobStory& story, const QList<HostFailures>&)
{
    const bool seesNewest = m_first == lastFirst();
    m_events = story.events;
    m_created = story.job.createdAt;
    const qint64 chosen = m_table->currentKey().toLongLong();
    const bool staysInSight = chosen == 0 || (lastFirst() < m_events.size() && m_events.at(lastFirst()).sequence <= chosen);
    // Whoever has chosen an event is not carried away from it by new ones.
    m_first = seesNewest && staysInSight ? lastFirst() : std::min(m_first, lastFirst());
    showRows();
    if (m_wanted > 0)
        showEvent(m_wanted);
    else if (m_table->currentKey().isEmpty() && !m_events.isEmpty())
        m_table->setCurrentKey(QString::number(m_events.last().sequence));    // the newest is what a person came for
}

/// A row of each event would hold up the window where there are a hundred thousand.
void EventsTab::showRows()
{
    const QTimeZone zone = ui().preferences.timeZone();
    const auto shown = m_events.mid(m_first, mostRows);
    QList<Record> records;
    records.reserve(shown.size());
    for (const JobEvent& event : shown)
        records.append(recordOf(event, m_created, zone));
    m_table->records()->setRecords(records);
    m_span->setVisible(m_events.size() > mostRows);
    m_spanText->setText(
        tr("Events %1 to %2 of %3").arg(countText(m_first + 1), countText(m_first + shown.size()), countText(m_events.size())));
    m_earlier->setEnabled(m_first > 0);
    m_later->setEnabled(m_first < lastFirst());
}

void EventsTab::showFrom(qsizetype first)
{
    m_first = std::clamp<qsizetype>(first, 0, lastFirst());
    showRows();
}

void EventsTab::showEvent(qint64 sequence)
{
    const auto event =
        std::find_if(m_events.cbegin(), m_events.cend(), [sequence](const JobEvent& each) { return each.sequence == sequence; });
    m_wanted = event == m_events.cend() ? sequence : 0;
    if (event != m_events.cend()) {
        const qsizetype place = event - m_events.cbegin();
        if (place < m_first || place >= m_first + mostRows)
            showFrom(place - mostRows / 2);
        m_table->setCurrentKey(QString::number(sequence));
    }
    m_table->setFocus();
}

void EventsTab::showDetail()
{
    const QString key = m_table->currentKey();
    const auto event = std::find_if(m_events.cbegin(), m_events.cend(),
                                    [&, sequence = key.toLongLong()](const JobEvent& each) { return each.sequence == sequence; });
    const bool found = !key.isEmpty() && event != m_events.cend();
    m_title->setText(found ? tr("Event %1").arg(event->sequence) : tr("No event is chosen"));
    m_detail->setLog(found ? detailOf(*event, ui().preferences.timeZone()) : QByteArray());
}

}
