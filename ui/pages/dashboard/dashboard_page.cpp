// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/dashboard/dashboard_page.h"

#include "ui/base/charts/axis.h"
#include "ui/base/charts/chart_card.h"
#include "ui/base/charts/throughput_chart.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/row_table.h"
#include "ui/base/scroll_area.h"
#include "ui/pages/dashboard/stat_tile.h"
#include "ui/pages/failures/failure_rows.h"
#include "ui/session/navigator.h"
#include "ui/session/preferences.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::JobStatistics;
using core::jobs::SpanStatistics;

namespace {

enum Tile { Finished, Failed, Took, Waited, Running };

QString percent(double share)
{
    return DashboardPage::tr("%1 %").arg(QString::number(share * 100, 'f', 1));
}

QString lengthOr(const std::optional<std::chrono::microseconds>& length)
{
    return length ? lengthText(*length) : u"\u2013"_s;
}

StatTile::Trend lessIsBetter(double now, double before)
{
    constexpr double noticeable = 0.05;
    if (std::abs(now - before) <= noticeable * std::max(now, before))
        return StatTile::Trend::None;
    return now < before ? StatTile::Trend::Better : StatTile::Trend::Worse;
}

void showFailed(StatTile& tile, const JobStatistics& statistics)
{
    const SpanStatistics& now = statistics.whole;
    const QString count = countText(now.failed);
    const auto rate = now.failureRate();
    if (!rate)
        return tile.showValue(count, DashboardPage::tr("no job was done or failed"));
    const auto before = statistics.coversBefore() ? statistics.before.failureRate() : std::nullopt;
    if (!before)
        return tile.showValue(count, DashboardPage::tr("%1, before not known").arg(percent(*rate)));
    tile.showValue(
        count, DashboardPage::tr("%1, was %2").arg(percent(*rate), percent(*before)), lessIsBetter(*rate, *before), *rate > *before,
        DashboardPage::tr("Jobs that ended as FAILED in this window, and their share of those done or failed, against the window before. "
                          "The groups below count jobs that were submitted in it."));
}

void showLength(StatTile& tile, const JobStatistics& statistics, const std::optional<std::chrono::microseconds>& now,
                const std::optional<std::chrono::microseconds>& before)
{
    if (!now || !before || !statistics.coversBefore())
        return tile.showValue(lengthOr(now), now ? DashboardPage::tr("before not known") : DashboardPage::tr("no job to tell from"));
    const auto trend = lessIsBetter(static_cast<double>(now->count()), static_cast<double>(before->count()));
    tile.showValue(lengthOr(now), DashboardPage::tr("was %1").arg(lengthOr(before)), trend, *now > *before);
}

}

DashboardPage::DashboardPage(const UiContext& context, QWidget* parent)
    : PageFrame(context, tr("Dashboard"), parent), m_throughput(new ThroughputChart), m_lengths(new PercentileChart(tr("Took")))
{
    addWindowSwitch();
    addFilterField();
    buildContent();
}

void DashboardPage::buildContent()
{
    auto* page = new QWidget;
    auto* outer = new QVBoxLayout(content());
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scrollAreaOf(page, tr("Dashboard")));

    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(scaled(24), scaled(16), scaled(24), scaled(24));
    layout->setSpacing(scaled(16));
    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(scaled(12));
    for (const QString& name : {tr("Jobs finished"), tr("Failed"), tr("Took, median"), tr("Waited in queue, p95"), tr("Running now")}) {
        m_tiles += new StatTile(name);
        tiles->addWidget(m_tiles.constLast(), 1);
    }
    layout->addLayout(tiles);

    m_throughputCard = new ChartCard(m_throughput, context().preferences);
    m_lengthsCard = new ChartCard(m_lengths, context().preferences);
    m_what = new QPushButton(tr("Waited"));
    keepFont(m_what, TextRole::Small);
    followTextSize(m_what, [this] { fitWhat(); });
    setLinkLook(m_what);
    m_lengthsCard->addToTitle(m_what);
    connect(m_what, &QPushButton::clicked, this,
            [this] { showWhat(m_lengths->of() == PercentileChart::Of::Run ? PercentileChart::Of::Wait : PercentileChart::Of::Run); });
    auto* charts = new QHBoxLayout;
    charts->setSpacing(scaled(12));
    charts->addWidget(m_throughputCard, 1);
    charts->addWidget(m_lengthsCard, 1);
    layout->addLayout(charts);

    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(8));
    auto* title = new InkLabel(tr("Failure groups"), TextRole::Emphasis, InkLabel::Ink::Text, page);
    m_failuresCaption = new InkLabel(TextRole::Small, InkLabel::Ink::Text2, page);
    auto* copy = new QPushButton(actionIcon(u"edit-copy"_s), tr("Copy as text"));
    copy->setToolTip(tr("Copies the numbers and the groups of this page as Markdown"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
    head->addWidget(title);
    head->addWidget(m_failuresCaption, 1);
    head->addWidget(copy);
    layout->addLayout(head);
    layout->addSpacing(-scaled(8));
    m_failures = new RowTable(failureColumns(LookBack::Day), context().preferences, tr("Failure groups"));
    m_failures->setRowTokens(32);
    m_failures->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    layout->addWidget(m_failures);
    layout->addStretch(1);
    connect(m_failures, &RowTable::rowActivated, this, [this](const PageRow& row) { showJobs(row.key); });
    connect(m_failures, &RowTable::linkActivated, this, [this](const PageRow& row) { showJobs(row.key); });
    setFocusProxy(m_throughput);
    showWhat(PercentileChart::Of::Run);
}

void DashboardPage::reload()
{
    const core::jobs::Window span = window();
    ask(longReads().dashboard({span, filter()}, aRead()), [this](const core::backend::Dashboard& dashboard) { take(dashboard); });
    ask(longReads().failureGroups({sparkWindow(span), filter()}, aRead()),
        [this](const core::jobs::FailureGroups& groups) { takeFailures(groups); });
}

void DashboardPage::take(const core::backend::Dashboard& dashboard)
{
    const JobStatistics& statistics = dashboard.statistics;
    const QTimeZone zone = context().preferences.timeZone();
    m_throughput->setStatistics(statistics, zone);
    m_lengths->setStatistics(statistics, zone);
    m_throughputCard->setCaption(tr("jobs finished per %1").arg(partName(statistics.window)));
    m_throughputCard->refreshTable();
    m_lengthsCard->refreshTable();
    showTiles(dashboard);
    QString span = tr("%1 to %2 · %3")
                       .arg(momentText(statistics.window.from, zone, true), momentText(statistics.window.to, zone, true),
                            zoneText(zone, statistics.window.to));
    if (!statistics.coversWindow())
        span += u" \u00b7 "_s + tr("only the newest %1 jobs were read").arg(countText(core::jobs::statisticsCeiling));
    setCaption(span);
}

void DashboardPage::showTiles(const core::backend::Dashboard& dashboard)
{
    const JobStatistics& statistics = dashboard.statistics;
    const double hours = std::chrono::duration<double, std::ratio<3600>>(statistics.window.length()).count();
    m_tiles[Finished]->showValue(countText(statistics.whole.finished()),
                                 tr("per hour %1").arg(countText(qRound(static_cast<double>(statistics.whole.finished()) / hours))));
    showFailed(*m_tiles[Failed], statistics);
    showLength(*m_tiles[Took], statistics, statistics.whole.run.p50, statistics.before.run.p50);
    showLength(*m_tiles[Waited], statistics, statistics.whole.wait.p95, statistics.before.wait.p95);

    const core::backend::QueueState& queue = dashboard.queue;
    int threads = 0;
    for (const core::broker::Worker& worker : queue.workers)
        threads += worker.threads;
    QString below = threads > queue.leased ? tr("%1 of the workers' places free").arg(threads - queue.leased) : tr("every place is taken");
    if (queue.paused)
        below = tr("the queue is paused");
    else if (queue.workers.isEmpty())
        below = tr("no worker");
    if (queue.waiting > 0)
        below = dashboard.oldestWaiting
                    ? tr("%1 wait, the first for %2")
                          .arg(countText(queue.waiting), relativeTime(*dashboard.oldestWaiting, core::base::systemNow()))
                    : tr("%1 wait").arg(countText(queue.waiting));
    m_tiles[Running]->showValue(tr("%1 of %2").arg(queue.leased).arg(threads), below, StatTile::Trend::None, false,
                                tr("Jobs that workers have now, of the places that all workers offer."));
}

void DashboardPage::takeFailures(const core::jobs::FailureGroups& groups)
{
    constexpr int mostRows = 10;
    m_groups = groups;
    m_failures->rows().setTitle(5, tr("Last %1").arg(shortName(lookBack())));
    m_failures->setRows(failureRows(groups, context().preferences.timeZone()));
    m_failures->fitHeight(mostRows);
    m_failures->setVisible(!groups.groups.isEmpty());
    m_failuresCaption->setText(groups.groups.isEmpty() ? tr("No job that was submitted in this window has failed.")
                                                       : failureCaption(groups));
}

void DashboardPage::showWhat(PercentileChart::Of what)
{
    const bool isRun = what == PercentileChart::Of::Run;
    m_lengths->setOf(what);
    m_lengths->setAccessibleName(isRun ? tr("Took") : tr("Waited"));
    m_lengthsCard->setTitle(isRun ? tr("Took") : tr("Waited"));
    m_lengthsCard->setCaption(isRun ? tr("seconds, from start to end") : tr("seconds, from submission to start"));
    m_what->setText(isRun ? tr("show waited") : tr("show took"));
    fitWhat();
    m_what->setAccessibleName(isRun ? tr("Show how long jobs waited") : tr("Show how long jobs took"));
    m_lengthsCard->refreshTable();
}

void DashboardPage::fitWhat()
{
    m_what->setFixedWidth(QFontMetrics(textFont(TextRole::Small)).horizontalAdvance(m_what->text()) + scaled(8));
}

void DashboardPage::showJobs(const QString& key)
{
    if (const QString filter = failureFilter(m_groups, key, lookBack(), filterText()); !filter.isEmpty())
        emit context().navigator.filterAsked(filter);
}

QString DashboardPage::asText() const
{
    QString text;
    for (const StatTile* tile : m_tiles)
        text += u"- %1: %2 (%3)\n"_s.arg(tile->accessibleName(), tile->value(), tile->below());
    text += u"\n%1\n%2\n\n"_s.arg(m_throughput->summary(), m_lengths->summary());
    return text + failureCaption(m_groups) + u"\n\n"_s + m_failures->copyText(TableCopy::Markdown);
}

}
