// SPDX-License-Identifier: Apache-2.0
#include "ui/window/main_window.h"

#include "core/base/time.h"
#include "ui/base/format.h"
#include "ui/filter/filter_bar.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_page.h"
#include "ui/pages/frame/look_back.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/text_size.h"
#include "ui/window/environment_band.h"
#include "ui/window/page_factory.h"
#include "ui/window/sidebar.h"
#include "ui/window/status_line.h"
#include "ui/window/task_area.h"
#include "ui/window/tool_line.h"
#include "ui/window/unreachable_page.h"

#include <QCloseEvent>
#include <QDialog>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int countEveryMs = 2000;    // the sidebar's numbers, while something changes
constexpr int inspectorWidth = 576;

}

MainWindow::MainWindow(std::shared_ptr<StoreSession> session, Preferences& preferences, QWidget* parent)
    : QMainWindow(parent), m_session(std::move(session)), m_preferences(preferences), m_context{*m_session, m_preferences, m_navigator}
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1 \u2013 Signalbox").arg(plainLine(m_session->profile().name)));
    resize(scaled(1440), scaled(900));
    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(countEveryMs);
    connect(&m_countTimer, &QTimer::timeout, this, &MainWindow::askCounts);
    buildCentre();
    buildMenus();
    wireNavigation();
    connect(m_session.get(), &StoreSession::stateChanged, this, &MainWindow::followSession);
    connect(m_session.get(), &StoreSession::changed, this, [this] {
        if (!m_countTimer.isActive())
            m_countTimer.start();
    });
    connect(m_session.get(), &StoreSession::changedMuch, this, &MainWindow::askCounts);
    m_band->show(m_session->profile());
    applyFilter({}, {});
    followSession();
    m_jobs->setFocus();
}

/// What refers to the session and the navigator goes before them, and not with the children that QWidget deletes last of all.
MainWindow::~MainWindow()
{
    qDeleteAll(findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly));
    delete takeCentralWidget();
}

void MainWindow::buildCentre()
{
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_band = new EnvironmentBand(centre);
    m_tools = new ToolLine(*m_session, centre);
    m_sidebar = new Sidebar(centre);
    m_pages = new QStackedWidget(centre);
    m_jobs = new JobsPage(m_context, m_pages);
    m_filterBar = new FilterBar(m_context, m_jobs);
    m_jobs->setFilterBar(m_filterBar);
    m_pages->addWidget(m_jobs);
    m_pageWidgets[static_cast<size_t>(Page::Jobs)] = m_jobs;
    m_inspector = new Inspector(m_context, centre);

    m_columns = new QSplitter(Qt::Horizontal, centre);
    m_columns->setChildrenCollapsible(false);
    for (QWidget* part : {static_cast<QWidget*>(m_sidebar), static_cast<QWidget*>(m_pages), static_cast<QWidget*>(m_inspector)})
        m_columns->addWidget(part);
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 1);
    m_columns->setStretchFactor(2, 0);
    followTextSize(m_columns, [this] {
        m_pages->setMinimumWidth(scaled(320));
        m_inspector->setMinimumWidth(scaled(420));
    });
    m_columns->setSizes({scaled(160), scaled(1440 - 160 - inspectorWidth), scaled(inspectorWidth)});
    m_inspector->hide();

    m_unreachable = new UnreachablePage(*m_session, centre);
    m_centre = new QStackedWidget(centre);
    m_centre->addWidget(m_columns);
    m_centre->addWidget(m_unreachable);
    m_status = new StatusLine(*m_session, m_preferences, centre);
    column->addWidget(m_band);
    column->addWidget(m_tools);
    column->addWidget(m_centre, 1);
    column->addWidget(m_status);
    setCentralWidget(centre);
    m_sidebar->setSavedFilters(filters());
}

QList<SavedFilter> MainWindow::filters() const
{
    return savedFilters(m_preferences, m_session->profile().id);
}

TaskArea& MainWindow::tasks()
{
    return m_status->tasks();
}

void MainWindow::followSession()
{
    const bool unreachable = m_session->state() == StoreSession::State::Unreachable;
    // a store that was open once keeps its pages: they show what they had, the line below says that it does not answer
    if (unreachable && !m_session->backend())
        m_centre->setCurrentWidget(m_unreachable);
    else if (!m_media)
        m_centre->setCurrentWidget(m_columns);
    showCancelActs();
    showSubmitActs();
    if (m_session->isOpen())
        askCounts();
}

void MainWindow::askCounts()
{
    if (!m_session->isOpen() || m_countsAsked)
        return;
    m_countsAsked = true;
    core::whenDone(m_session->backend()->queueState(), this, [this](const core::Result<core::backend::QueueState>& queue) {
        m_countsAsked = false;
        if (!queue)
            return;    // the line keeps what it had; the session says if the store is away
        m_status->showQueue(*queue);
        m_sidebar->setCount(Page::Queues, queue->waiting);
    });
    // from the moment that the page of the failures counts from, so that both say the same number
    const auto since = core::jobs::parseFilter(u"status:failed since:24h"_s, windowOf(LookBack::Day, core::base::systemNow()).to);
    if (!since)
        return;
    constexpr int ceiling = 10'000;
    core::whenDone(m_session->backend()->countJobs(*since, ceiling), this, [this](const core::Result<core::jobs::JobCount>& failed) {
        if (failed)
            m_sidebar->setCount(Page::Failures, failed->count, failed->isExact);
    });
}

QVariantMap MainWindow::saveState() const
{
    return {{u"geometry"_s, saveGeometry()},
            {u"columns"_s, m_columns->saveState()},
            {u"page"_s, static_cast<int>(m_page)},
            {u"filter"_s, m_filterText},
            {u"job"_s, m_job.text},
            {u"inspector"_s, !m_inspectorClosed},
            {u"jobs"_s, m_jobs->saveState()},
            {u"profile"_s, m_session->profile().id}};
}

void MainWindow::restoreState(const QVariantMap& state)
{
    restoreGeometry(state.value(u"geometry"_s).toByteArray());
    m_columns->restoreState(state.value(u"columns"_s).toByteArray());
    m_jobs->restoreState(state.value(u"jobs"_s).toMap());
    if (const QString filter = state.value(u"filter"_s).toString(); !filter.isEmpty())
        showFilter(filter);
    const int page = state.value(u"page"_s).toInt();
    if (page >= 0 && page < allPages().size())
        showPage(static_cast<Page>(page));
    const core::JobId job{state.value(u"job"_s).toString()};
    m_inspectorClosed = !state.value(u"inspector"_s).toBool();
    if (!job.isEmpty()) {
        m_job = job;
        m_inspector->showJobNow(job);
        showInspector();
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_mayClose && !m_mayClose()) {
        event->ignore();
        return;
    }
    emit closing();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    emit stateMoved();
}

void MainWindow::moveEvent(QMoveEvent* event)
{
    QMainWindow::moveEvent(event);
    emit stateMoved();
}

}
