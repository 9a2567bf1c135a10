// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/jobs_page.h"

#include "ui/base/empty_state.h"
#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/jobs/job_selection.h"
#include "ui/jobs/jobs_feed.h"
#include "ui/jobs/jobs_header.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_span.h"
#include "ui/jobs/jobs_view.h"
#include "ui/jobs/match_count.h"
#include "ui/jobs/new_rows_bar.h"
#include "ui/jobs/time_gutter.h"
#include "ui/session/navigator.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"

#include <QHBoxLayout>
#include <QHideEvent>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::SortDirection;

JobsPage::JobsPage(const UiContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_model(new JobsModel(context.session, this)),
      m_feed(new JobsFeed(context.session, *m_model, this)),
      m_count(new MatchCount(context.session, this)),
      m_view(new JobsView(m_model, context.preferences, this)),
      m_gutter(new TimeGutter(this)),
      m_bar(new NewRowsBar(this)),
      m_error(new ErrorBar(this)),
      m_failedAct(new ErrorBar(this)),
      m_column(new QVBoxLayout(this))
{
    setAcceptDrops(true);
    setFocusProxy(m_view);
    m_view->setStrip(m_bar);
    m_view->header()->showSort(m_query.sort, m_query.direction);
    layOut();
    connectParts();
    m_tick.setInterval(1000);
    tick();
    applyQuery(false);
}

JobsPage::~JobsPage() = default;

void JobsPage::layOut()
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addWidget(m_error);
    m_column->addWidget(m_failedAct);
    auto* list = new QHBoxLayout;
    list->setSpacing(0);
    list->addWidget(m_view, 1);
    list->addWidget(m_gutter);
    m_column->addLayout(list, 1);
}

void JobsPage::connectParts()
{
    auto* selection = m_view->jobSelection();
    connect(selection, &JobSelection::currentJobChanged, this, &JobsPage::currentJobChanged);
    connect(selection, &JobSelection::jobsChanged, this, &JobsPage::noteHeld);
    connect(selection, &JobSelection::jobsChanged, this, &JobsPage::selectionChanged);
    connect(m_view, &JobsView::shownChanged, this, &JobsPage::noteShown);
    connect(m_view, &JobsView::refreshAsked, this, &JobsPage::refresh);
    connect(m_view, &JobsView::copyAsked, this, [this] { copySelection(JobFormat::Ids); });
    connect(m_view, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { emit m_context.navigator.jobAsked(m_model->rowAt(index.row()).id()); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &JobsPage::showRowMenu);
    connect(m_view->header(), &QWidget::customContextMenuRequested, this, &JobsPage::showHeaderMenu);
    connect(m_view->header(), &QHeaderView::sectionClicked, this, &JobsPage::sortByColumn);

    connect(m_model, &JobsModel::queryArrived, this, &JobsPage::takeQuery);
    connect(m_model, &JobsModel::queryArrived, this, &JobsPage::countMatches);
    connect(m_count, &MatchCount::counted, this, &JobsPage::loadedChanged);
    connect(m_model, &JobsModel::extentChanged, this, &JobsPage::noteExtent);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &JobsPage::noteExtent);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &JobsPage::noteExtent);
    connect(m_model, &JobsModel::readFailed, this, [this](const core::Error& error) {
        m_error->setRetryOffered(true);
        m_error->showError(tr("The jobs could not be read."), error,
                           m_model->rowCount() > 0 ? tr("The rows below stand as they were read last.") : QString());
    });
    connect(m_model, &JobsModel::readWorked, m_error, &ErrorBar::clear);
    connect(m_error, &ErrorBar::retryAsked, m_model, &JobsModel::retry);
    connect(m_failedAct, &ErrorBar::retryAsked, this, [this] {
        const auto again = m_again;
        clearFailedAct();
        again();
    });

    connect(m_feed, &JobsFeed::waitingChanged, this, &JobsPage::noteWaiting);
    connect(m_bar, &NewRowsBar::showAsked, this, &JobsPage::refresh);
    connect(m_gutter, &TimeGutter::jumpAsked, this, [this](core::Time time) { m_model->jumpTo(core::base::toMicros(time)); });
    connect(&m_context.session, &StoreSession::stateChanged, this, &JobsPage::noteSession);
    connect(&m_context.preferences, &Preferences::changed, this, &JobsPage::tick);
    connect(&m_tick, &QTimer::timeout, this, &JobsPage::tick);
}

EmptyState* JobsPage::emptyState()
{
    if (m_empty)
        return m_empty;
    m_empty = new EmptyState(this);
    m_empty->hide();
    const int workers = m_context.session.profile().workerThreads;
    m_empty->setDrawing(u"signal-box"_s);
    m_empty->setTitle(tr("No jobs yet"));
    m_empty->setSentence(
        workers == 2  ? tr("Signalbox runs on this computer, with its own store and two workers. Nothing leaves the machine.")
        : workers > 0 ? tr("Signalbox runs on this computer, with its own store and workers. Nothing leaves the machine.")
                      : tr("Signalbox runs on this computer, with its own store and no workers. Nothing leaves the machine."));
    m_empty->setPrimary(tr("Probe a media file\u2026"), u"frame"_s);
    m_empty->setSecondary(tr("Submit a job\u2026"), u"list-add"_s);
    m_empty->addLink(u"folder"_s, tr("Or drop media files on this list."));
    m_empty->addLink(u"plug"_s, tr("To look at a server instead,"), tr("add a connection"));
    m_empty->addLink(u"view-journal"_s, {}, tr("First steps"), u"F1"_s);
    connect(m_empty, &EmptyState::primaryAsked, this, &JobsPage::probeAsked);
    connect(m_empty, &EmptyState::secondaryAsked, this, &JobsPage::submitAsked);
    connect(m_empty, &EmptyState::linkAsked, this, [this](int link) {
        if (link == 1)
            emit connectionAsked();
        else
            emit m_context.navigator.helpAsked(u"first-steps"_s);
    });
    return m_empty;
}

EmptyState* JobsPage::noHitsState()
{
    if (m_noHits)
        return m_noHits;
    m_noHits = new EmptyState(this);
    m_noHits->hide();
    m_noHits->setTitle(tr("No job matches"));
    m_noHits->setSentence(tr("No job in this store is what the filter asks for:"));
    m_noHits->setSecondary(tr("Clear filter"), u"edit-clear"_s);
    connect(m_noHits, &EmptyState::secondaryAsked, this, [this] { emit m_context.navigator.filterAsked({}); });
    return m_noHits;
}

void JobsPage::setFilterBar(QWidget* bar)
{
    if (m_filterBar)
        delete m_filterBar->parentWidget();
    m_filterBar = bar;
    if (bar) {
        auto* inset = new QWidget(this);
        auto* row = new QVBoxLayout(inset);
        row->setContentsMargins(12, 8, 12, 8);
        row->addWidget(bar);
        m_column->insertWidget(0, inset);
    }
}

void JobsPage::setFilter(const core::jobs::Filter& filter, const QString& text)
{
    m_query.filter = filter;
    m_filterText = text;
    applyQuery(false);
}

void JobsPage::setSort(core::jobs::JobSort sort, SortDirection direction)
{
    if (m_query.sort == sort && m_query.direction == direction)
        return;
    m_query.sort = sort;
    m_query.direction = direction;
    m_view->header()->showSort(sort, direction);
    applyQuery(true);
}

void JobsPage::applyQuery(bool keepSelection)
{
    m_keepSelection = keepSelection;
    m_view->setEndLine({});
    m_count->forget();
    m_model->setQuery(m_query);
    readSpan();
}

/// The first rows of another list are there.
void JobsPage::takeQuery()
{
    if (m_toRestore)
        applyPlace();
    else if (!m_keepSelection)
        m_view->jobSelection()->forgetAway();
    noteHeld();
}

void JobsPage::noteShown()
{
    noteHeld();
    placeGutter();
}

void JobsPage::noteExtent()
{
    const bool isAll = m_model->isAtTop() && m_model->isAtEnd();
    const bool isEmpty = m_model->hasLoaded() && isAll && m_model->rowCount() == 0;
    if (!isEmpty) {
        m_view->setCover(nullptr);
    } else if (takesAll(m_query.filter)) {
        const auto capabilities = m_context.session.capabilities();
        emptyState()->setActsEnabled(capabilities.canWrite, capabilities.whyReadOnly);
        m_view->setCover(emptyState());
    } else {
        noHitsState()->setQuoted(m_filterText);
        m_view->setCover(noHitsState());
    }
    if (m_model->isAtEnd() && m_model->hasLoaded())
        m_view->setEndLine(endLineOf(m_query.filter, m_query.direction == SortDirection::NewestFirst, m_model->timeStyle().now,
                                     m_model->searchedOnlyNewest()));
    emit loadedChanged();
}

/// Also of a list that is all there: it may grow beyond what is loaded.
void JobsPage::countMatches()
{
    m_count->ask(m_query.filter);
}

QString JobsPage::loadedText() const
{
    const QString loaded = countText(m_model->rowCount());
    if (m_model->rowCount() == 0)
        return {};
    if (m_model->isAtTop() && m_model->isAtEnd())
        return tr("%1 in all").arg(loaded);
    return m_count->text().isEmpty() ? tr("%1 loaded").arg(loaded) : tr("%1 of %2").arg(loaded, m_count->text());
}

void JobsPage::noteHeld()
{
    m_feed->setHeld(!m_view->jobSelection()->isEmptyHere() || !m_view->isAtTop());
}

void JobsPage::noteWaiting()
{
    m_bar->setCount(m_feed->waiting(), m_feed->isMoreWaiting());
    m_view->setStripShown(m_feed->waiting() > 0);
}

void JobsPage::noteSession()
{
    if (!m_context.session.isOpen())
        return;
    if (!m_model->hasLoaded() || m_error->isVisibleTo(this))
        m_model->retry();
    readSpan();
}

/// The oldest job of the store by this sort: the lower end of an axis that the filter does not bound.
void JobsPage::readSpan()
{
    placeGutter();
    auto* backend = m_context.session.backend();
    if (!backend || spanOf(m_query.filter).since)
        return;
    core::jobs::PageRequest oldest;
    oldest.sort = m_query.sort;
    oldest.before = keyBeyondEnd(SortDirection::NewestFirst);
    oldest.limit = 1;
    core::whenDone(backend->listJobs(core::jobs::Filter{core::jobs::FilterGroup{}}, oldest), this,
                   [this, sort = m_query.sort](const core::Result<core::jobs::JobPage>& page) {
                       if (sort != m_query.sort || !page)
                           return;
                       m_oldest = page->rows.isEmpty() ? std::nullopt
                                                       : std::optional(core::base::fromMicros(sortMicros(page->rows.constFirst(), sort)));
                       placeGutter();
                   });
}

void JobsPage::placeGutter()
{
    const FilterSpan span = spanOf(m_query.filter);
    const core::Time now = m_model->timeStyle().now;
    const core::Time newest = std::min(now, span.before.value_or(now));
    const core::Time oldest = span.since.value_or(m_oldest.value_or(newest));
    const bool newestFirst = m_query.direction == SortDirection::NewestFirst;
    const bool hasAxis = isTimeSort(m_query.sort) && oldest < newest;
    m_gutter->setHeader(m_view->header()->height(), m_view->header()->stripHeight());
    m_gutter->setTimeStyle(now, m_model->timeStyle().zone);
    m_gutter->setSpan(!hasAxis || newestFirst ? newest : oldest, !hasAxis || !newestFirst ? newest : oldest);
    const int first = m_view->firstShown();
    const int last = m_view->lastShown();
    if (hasAxis && last >= first && last < m_model->rowCount())
        m_gutter->setShown(core::base::fromMicros(m_model->rowAt(first).place()), core::base::fromMicros(m_model->rowAt(last).place()));
    else
        m_gutter->setNothingShown();
}

void JobsPage::tick()
{
    const Preferences& preferences = m_context.preferences;
    m_model->setTimeStyle(core::base::systemNow(), preferences.timeZone(), preferences.showsRelativeTimes(), m_view->firstShown(),
                          m_view->lastShown());
    placeGutter();
}

void JobsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    tick();
    m_tick.start();
}

void JobsPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
    if (!event->spontaneous())
        clearFailedAct();
}

}
