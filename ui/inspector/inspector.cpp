// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/inspector.h"

#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/inspector/artifacts_tab.h"
#include "ui/inspector/attempts_tab.h"
#include "ui/inspector/broker_tab.h"
#include "ui/inspector/events_tab.h"
#include "ui/inspector/inspector_header.h"
#include "ui/inspector/overview_tab.h"
#include "ui/inspector/payload_tab.h"
#include "ui/inspector/raw_tab.h"
#include "ui/inspector/webhooks_tab.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"

#include <QKeyEvent>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::JobStory;

namespace {

QString tabKey(const QString& storedType)
{
    return u"inspector/tab/"_s + (storedType.isEmpty() ? u"none"_s : QString::fromLatin1(storedType.toUtf8().toHex()));
}

/// Nine tabs have to stand side by side in 576 px, so they are no wider than their words.
class InspectorTabBar final : public QTabBar {
public:
    using QTabBar::QTabBar;

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override
    {
        const QString name = tabText(index).section(u'\t', 0, 0);
        const QString count = tabText(index).section(u'\t', 1);
        const int counted = count.isEmpty() ? 0 : QFontMetrics(textFont(TextRole::Tiny)).horizontalAdvance(count) + 4;
        return {QFontMetrics(textFont(TextRole::Body)).horizontalAdvance(name) + counted + scaled(13), scaled(32)};
    }
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
};

QString withCount(const QString& name, qsizetype count)
{
    return count > 0 ? name + u'\t' + countText(count) : name;
}

}

Inspector::Inspector(const UiContext& ui, QWidget* parent)
    : QWidget(parent),
      m_ui(ui),
      m_reader(new JobReader(ui.session, this)),
      m_header(new InspectorHeader(this)),
      m_error(new ErrorBar(this)),
      m_bar(new InspectorTabBar(this)),
      m_stack(new QStackedWidget(this)),
      m_job(new QWidget(this)),
      m_message(new QWidget(this)),
      m_messageTitle(new InkLabel(TextRole::Title, InkLabel::Ink::Text, m_message)),
      m_messageText(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, m_message))
{
    setAccessibleName(tr("Inspector"));
    setAutoFillBackground(true);
    m_stack->setAutoFillBackground(true);
    m_stack->setBackgroundRole(QPalette::Base);
    m_bar->setDrawBase(true);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setElideMode(Qt::ElideNone);
    m_bar->setAccessibleName(tr("Tabs of the inspector"));

    m_messageText->setWordWrap(true);
    for (InkLabel* label : {m_messageTitle, m_messageText})
        label->setAlignment(Qt::AlignHCenter);
    auto* words = new QVBoxLayout(m_message);
    words->setContentsMargins(scaled(32), scaled(32), scaled(32), scaled(32));
    words->addStretch(1);
    words->addWidget(m_messageTitle);
    words->addWidget(m_messageText);
    words->addStretch(2);
    auto* pages = new QVBoxLayout(m_job);
    pages->setContentsMargins(0, 0, 0, 0);
    pages->setSpacing(0);
    pages->addWidget(m_bar);
    pages->addWidget(m_stack, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_error);
    column->addWidget(m_job, 1);
    column->addWidget(m_message, 1);
    nameTabs();
    followKeys();

    connect(m_reader, &JobReader::storyRead, this, &Inspector::showStory);
    connect(m_reader, &JobReader::hostsRead, this, [this] {
        m_isStale[static_cast<size_t>(InspectorTab::Overview)] = true;
        showTab();
    });
    connect(m_reader, &JobReader::jobGone, this, [this](const core::Error&) {
        m_error->clear();
        m_header->showId(m_reader->id());
        m_isFirst = true;
        showMessage(tr("This job is gone"), tr("There is no job %1 in this store; it may have been pruned.").arg(m_reader->id().text));
    });
    connect(m_reader, &JobReader::readFailed, this, [this](const core::Error& error) {
        m_error->showError(tr("The job could not be read."), error,
                           m_reader->story() ? tr("What is shown is as it was before.") : QString());
        if (!m_reader->story()) {    // nothing of the job before may stand below this one's error
            m_header->showId(m_reader->id());
            showMessage(QString(), QString());
        }
    });
    connect(m_error, &ErrorBar::retryAsked, this, &Inspector::refresh);
    connect(m_header, &InspectorHeader::closeAsked, this, &Inspector::closeAsked);
    connect(m_header, &InspectorHeader::maximiseAsked, this, &Inspector::maximiseAsked);
    connect(m_header, &InspectorHeader::cancelAsked, this, [this] { emit cancelAsked(m_reader->id()); });
    connect(&m_ui.session, &StoreSession::stateChanged, this, &Inspector::showCancel);
    connect(m_header, &InspectorHeader::exportAsked, this, [this] { emit exportAsked(m_reader->id()); });
    connect(m_header, &InspectorHeader::resubmitAsked, this, [this] { emit resubmitAsked(m_reader->id()); });
    connect(&m_ui.session, &StoreSession::stateChanged, this, &Inspector::showResubmit);
    connect(m_header, &InspectorHeader::pinned, this, &Inspector::pinnedChanged);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int index) { noteTab(index, !m_choosesTab); });
    connect(&m_ui.preferences, &Preferences::changed, this, &Inspector::showStory);
    m_clock.setInterval(1000);
    connect(&m_clock, &QTimer::timeout, this, &Inspector::tick);
    m_clock.start();
    showNothing();
}

void Inspector::nameTabs()
{
    const QStringList names{tr("Overview"), tr("Input"),     tr("Output"), tr("Events"), tr("Attempts"),
                            tr("Webhooks"), tr("Artifacts"), tr("Broker"), tr("Raw")};
    for (const QString& name : names)
        m_bar->addTab(name);
}

void Inspector::followKeys()
{
    for (const auto& [keys, step] :
         {std::pair(QKeySequence(Qt::CTRL | Qt::Key_PageDown), 1), {QKeySequence(Qt::CTRL | Qt::Key_PageUp), -1}}) {
        auto* shortcut = new QShortcut(keys, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this,
                [this, by = step] { m_bar->setCurrentIndex((m_bar->currentIndex() + by + tabCount) % tabCount); });
    }
}

/// Built all at once they are the larger part of a window's start, and most are not looked at.
StoryTab* Inspector::tabAt(InspectorTab tab)
{
    StoryTab*& built = m_tabs.at(static_cast<size_t>(tab));
    if (built)
        return built;
    built = makeTab(tab);
    built->setAccessibleName(m_bar->tabText(static_cast<int>(tab)).section(u'\t', 0, 0));
    m_stack->addWidget(built);
    connect(built, &StoryTab::placeAsked, this, [this](InspectorTab there, qint64 place) {
        setCurrentTab(there);
        if (there == InspectorTab::Events)
            static_cast<EventsTab*>(tabAt(there))->showEvent(place);
        if (there == InspectorTab::Attempts)
            static_cast<AttemptsTab*>(tabAt(there))->showAttempt(static_cast<int>(place));
    });
    connect(built, &StoryTab::logLineAsked, this, [this](int attempt, int line) {
        setCurrentTab(InspectorTab::Attempts);
        static_cast<AttemptsTab*>(tabAt(InspectorTab::Attempts))->showLogLine(attempt, line);
    });
    return built;
}

StoryTab* Inspector::makeTab(InspectorTab tab)
{
    switch (tab) {
    case InspectorTab::Overview: return new OverviewTab(m_ui, m_stack);
    case InspectorTab::Input: return new PayloadTab(m_ui, PayloadKind::Input, m_stack);
    case InspectorTab::Output: return new PayloadTab(m_ui, PayloadKind::Output, m_stack);
    case InspectorTab::Events: return new EventsTab(m_ui, m_stack);
    case InspectorTab::Attempts: return new AttemptsTab(m_ui, m_stack);
    case InspectorTab::Webhooks: {
        auto* webhooks = new WebhooksTab(m_ui, m_stack);
        connect(webhooks, &WebhooksTab::replayAsked, this, &Inspector::replayAsked);
        connect(webhooks, &WebhooksTab::stepThroughAsked, this, &Inspector::stepThroughAsked);
        return webhooks;
    }
    case InspectorTab::Artifacts: {
        auto* artifacts = new ArtifactsTab(m_ui, m_stack);
        connect(artifacts, &ArtifactsTab::menuAsked, this, &Inspector::artifactMenuAsked);
        return artifacts;
    }
    case InspectorTab::Broker: return new BrokerTab(m_ui, m_stack);
    case InspectorTab::Raw: return new RawTab(m_ui, m_stack);
    }
    Q_UNREACHABLE();
}

void Inspector::forgetTabs()
{
    for (StoryTab* tab : m_tabs) {
        if (tab)
            tab->forget();    // also lets go of a large payload
    }
}

void Inspector::replayChosen()
{
    if (auto* tab = m_tabs.at(static_cast<size_t>(InspectorTab::Webhooks)))
        static_cast<WebhooksTab*>(tab)->replayChosen();
}

void Inspector::showJob(const core::JobId& id)
{
    if (isPinned() && !m_reader->id().isEmpty())
        return;
    present(id);
}

void Inspector::showJobNow(const core::JobId& id)
{
    if (id != m_reader->id())
        setPinned(false);
    present(id);
}

void Inspector::present(const core::JobId& id)
{
    if (id.isEmpty())
        return showNothing();
    if (id != m_reader->id()) {
        m_isFirst = true;
        m_error->clear();
    }
    m_header->setVisible(true);
    m_reader->show(id);
    expectPayload(id);
    if (m_isFirst && m_message->isVisibleTo(this)) {    // the job before stays in sight until this one is read
        m_header->showId(id);
        showMessage(QString(), QString());
    }
}

/// Of the job whose story is on its way, for the tab that is in sight now; whichever it will be in the end.
void Inspector::expectPayload(const core::JobId& id)
{
    for (const InspectorTab each : {InspectorTab::Input, InspectorTab::Output}) {
        if (auto* tab = m_tabs.at(static_cast<size_t>(each)))
            static_cast<PayloadTab*>(tab)->expect(each == currentTab() ? id : core::JobId());
    }
}

void Inspector::showNothing()
{
    m_reader->clear();
    expectPayload({});
    forgetTabs();
    m_isFirst = true;
    m_error->clear();
    m_header->setVisible(false);
    showMessage(tr("No job is selected"), tr("Select a job in the list to see what went in, what came out and what went wrong."));
}

core::JobId Inspector::jobId() const
{
    return m_reader->id();
}

void Inspector::setCurrentTab(InspectorTab tab)
{
    if (m_isFirst) {    // asked for before the job is there: this wins over the remembered one
        const QSignalBlocker quiet(m_bar);
        m_bar->setCurrentIndex(static_cast<int>(tab));
        noteTab(static_cast<int>(tab), false);
        m_choosesTab = true;
        expectPayload(m_reader->id());
        return;
    }
    m_bar->setCurrentIndex(static_cast<int>(tab));
}

InspectorTab Inspector::currentTab() const
{
    return static_cast<InspectorTab>(m_bar->currentIndex());
}

bool Inspector::isPinned() const
{
    return m_header->isPinned();
}

void Inspector::setPinned(bool pinned)
{
    m_header->setPinned(pinned);
}

void Inspector::setMaximised(bool maximised)
{
    m_header->setMaximised(maximised);
}

void Inspector::refresh()
{
    m_reader->refresh();
}

void Inspector::noteTab(int index, bool byPerson)
{
    if (byPerson && m_reader->story())
        m_ui.preferences.setValue(tabKey(m_reader->story()->job.typeText), index);
    showTab();
}

void Inspector::showStory()
{
    if (!m_reader->story())
        return;
    const JobStory& story = *m_reader->story();
    m_error->clear();
    m_message->hide();
    m_job->show();
    m_isStale.fill(true);
    if (m_isFirst) {
        m_isFirst = false;
        forgetTabs();
        const bool asked = std::exchange(m_choosesTab, true);
        const int wanted = m_ui.preferences.value(tabKey(story.job.typeText), 0).toInt();
        if (!asked && wanted >= 0 && wanted < tabCount)
            m_bar->setCurrentIndex(wanted);
        m_choosesTab = false;
        expectPayload(m_reader->id());    // the tab of the other payload lets go of what it had read
    }
    m_header->showJob(story.job, core::base::systemNow(), m_ui.preferences.timeZone());
    showCancel();
    showResubmit();
    showCounts();
    showTab();
}

/// Only the tab in sight is told; the others when they come into sight.
void Inspector::showTab()
{
    if (!m_reader->story() || m_isFirst)
        return;
    StoryTab* tab = tabAt(currentTab());
    m_stack->setCurrentWidget(tab);
    if (std::exchange(m_isStale.at(static_cast<size_t>(currentTab())), false))
        tab->showStory(*m_reader->story(), m_reader->hosts());
}

void Inspector::showCounts()
{
    const JobStory& story = *m_reader->story();
    const auto set = [this](InspectorTab tab, const QString& name, qsizetype count) {
        const QString text = withCount(name, count);
        if (m_bar->tabText(static_cast<int>(tab)) != text)
            m_bar->setTabText(static_cast<int>(tab), text);
    };
    set(InspectorTab::Events, tr("Events"), eventCount(story));
    set(InspectorTab::Attempts, tr("Attempts"), story.attempts.size());
    set(InspectorTab::Webhooks, tr("Webhooks"), story.deliveries.size());
    set(InspectorTab::Artifacts, tr("Artifacts"), story.artifacts.size());
}

void Inspector::showCancel()
{
    if (!m_reader->story() || m_isFirst)
        return;
    const core::jobs::JobSummary& job = m_reader->story()->job;
    const auto capabilities = m_ui.session.capabilities();
    if (!capabilities.canWrite)
        m_header->setCancel(capabilities.whyReadOnly);
    else if (!m_ui.session.isOpen())
        m_header->setCancel(tr("The store does not answer."));
    else
        m_header->setCancel(core::jobs::isTerminal(job.status) ? tr("It has ended, as %1.").arg(statusWord(job)) : QString());
}

/// A cancel that is not settled: its worker may still acknowledge it, or finish anyway. The second leaves no event to hear of.
bool Inspector::waitsForCancel() const
{
    constexpr auto longest = std::chrono::minutes(15);    // whoever is silent for so long has died without a word
    const JobStory& story = *m_reader->story();
    const auto& cancel = story.job.cancel;
    return cancel.requestedAt && !cancel.acknowledgedAt && !story.finishedAnywayAt &&
           core::base::systemNow() - *cancel.requestedAt < longest;
}

void Inspector::showResubmit()
{
    if (!m_reader->story() || m_isFirst)
        return;
    const auto capabilities = m_ui.session.capabilities();
    if (!capabilities.canWrite)
        m_header->setResubmit(capabilities.whyReadOnly);
    else if (!m_ui.session.isOpen())
        m_header->setResubmit(tr("The store does not answer."));
    else
        m_header->setResubmit({});
}

void Inspector::showMessage(const QString& title, const QString& sentence)
{
    m_messageTitle->setText(title);
    m_messageText->setText(sentence);
    m_job->hide();
    m_message->show();
}

void Inspector::tick()
{
    if (!isVisible() || !m_reader->story() || m_isFirst)
        return;
    m_header->tick(core::base::systemNow());
    if (m_ui.session.isLive() && waitsForCancel())
        m_reader->refresh();
    const bool moves = !core::jobs::isTerminal(m_reader->story()->job.status) && currentTab() == InspectorTab::Overview;
    if (moves && m_ui.session.isLive()) {    // lengths in the timeline grow
        m_isStale[static_cast<size_t>(InspectorTab::Overview)] = true;
        showTab();
    }
}

void Inspector::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Refresh))
        return refresh();
    QWidget::keyPressEvent(event);
}

}
