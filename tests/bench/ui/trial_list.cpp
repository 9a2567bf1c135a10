// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/bare_pages.h"
#include "tests/bench/ui/bench_application.h"
#include "tests/bench/ui/console_on_trial.h"
#include "tests/bench/ui/process_facts.h"
#include "tests/bench/ui/script.h"
#include "tests/bench/ui/trials.h"
#include "tests/bench/ui/watchdog.h"
#include "ui/jobs/jobs_view.h"
#include "ui/jobs/time_gutter.h"
#include "ui/window/main_window.h"

#include <QMouseEvent>
#include <QScrollBar>

#include <random>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int filterChanges = 40;
constexpr int pageJumps = 150;
constexpr int farJumps = 60;
constexpr int flingSteps = 600;
constexpr int flingPixels = 280;    // ten rows in a step

struct ListTrial {
    Report report;
    Script script;
    std::unique_ptr<Watchdog> watchdog = std::make_unique<Watchdog>();
    std::unique_ptr<ConsoleOnTrial> console;
    std::optional<quint64> rowsCame;    // frames when rows came since the step began
    double cameAtMs = 0;
    double begunAtMs = 0;
    quint64 before = 0;
    int filter = 0;
    int direction = 1;
    bool moved = false;
    std::minstd_rand random;

    void begin()
    {
        rowsCame.reset();
        before = BenchApplication::instance().frames();
        begunAtMs = machineMs();
    }
    [[nodiscard]] bool areRowsPainted() const { return rowsCame && BenchApplication::instance().frames() > *rowsCame; }
    [[nodiscard]] bool isPainted() const { return BenchApplication::instance().frames() > before; }
    void noteStall(const QString& name)
    {
        const Stall stall = watchdog->takeLongest();
        const auto longest = BenchApplication::instance().takeLongestEvent();
        report.add(u"stall-"_s + name, stall.wallMs);
        report.add(u"stall-cpu-"_s + name, stall.cpuMs);
        report.say(u"longest-"_s + name, u"%1 (%2 ms of its thread)"_s.arg(longest.what).arg(longest.cpuMs, 0, 'f', 1));
    }
};

void open(ListTrial& own, const TrialWish& wish)
{
    own.script.add(
        u"first rows"_s,
        [&own, wish] {
            own.console = std::make_unique<ConsoleOnTrial>(wish.store, 0);
            BenchApplication::instance().watch(own.console->view().viewport());
            QObject::connect(&own.console->rows(), &ui::JobsModel::arrived, &own.script, [&own] {
                own.rowsCame = BenchApplication::instance().frames();
                own.cameAtMs = machineMs();
            });
        },
        [&own] { return own.areRowsPainted(); });
    own.script.rest(1000);
    own.script.add([&own] { own.noteStall(u"start"_s); });
}

void changeFilters(ListTrial& own)
{
    own.script.repeat(
        filterChanges, u"filter change"_s,
        [&own] {
            static const QStringList filters{u"status:failed"_s, u"status:done"_s};
            own.begin();
            own.console->window().showFilter(filters.at(++own.filter % 2));
        },
        [&own] { return own.areRowsPainted(); },
        [&own](const Taken& taken) {
            own.report.add(u"filter"_s, taken.wallMs);
            own.report.add(u"filter-cpu"_s, taken.cpuMs);
            own.report.add(u"filter-rows"_s, own.cameAtMs - own.begunAtMs);
        });
    own.script.add([&own] { own.noteStall(u"filter"_s); });
    own.script.add(
        u"all jobs"_s,
        [&own] {
            own.begin();
            own.console->window().showFilter({});
        },
        [&own] { return own.areRowsPainted(); });
    own.script.rest(500);
}

void jumpByPages(ListTrial& own)
{
    own.script.repeat(
        pageJumps, u"page jump"_s,
        [&own] {
            own.begin();
            QScrollBar* bar = own.console->view().verticalScrollBar();
            if (bar->value() == bar->maximum())
                own.direction = -1;
            else if (bar->value() == 0)
                own.direction = 1;
            bar->setValue(bar->value() + own.direction * bar->pageStep());
        },
        [&own] { return own.isPainted(); },
        [&own](const Taken& taken) {
            own.report.add(u"jump"_s, taken.wallMs);
            own.report.add(u"jump-cpu"_s, taken.cpuMs);
        });
}

void press(ui::TimeGutter& gutter, int y)
{
    const QPointF at(gutter.width() / 2.0, y);
    for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
        QMouseEvent event(type, at, gutter.mapToGlobal(at), Qt::LeftButton,
                          type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&gutter, &event);
    }
}

void jumpFar(ListTrial& own)
{
    own.script.repeat(
        farJumps, u"far jump"_s,
        [&own] {
            own.begin();
            auto& gutter = own.console->gutter();
            press(gutter, gutter.height() / 10 + static_cast<int>(own.random() % static_cast<unsigned>(gutter.height() * 8 / 10)));
        },
        [&own] { return own.areRowsPainted(); },
        [&own](const Taken& taken) {
            own.report.add(u"far"_s, taken.wallMs);
            own.report.add(u"far-cpu"_s, taken.cpuMs);
            own.report.add(u"far-rows"_s, own.cameAtMs - own.begunAtMs);
        });
    own.script.rest(300);
    own.script.add([&own] { own.noteStall(u"jump"_s); });
}

void fling(ListTrial& own)
{
    own.script.repeat(
        flingSteps, u"fling"_s,
        [&own] {
            own.begin();
            QScrollBar* bar = own.console->view().verticalScrollBar();
            const int from = bar->value();
            bar->setValue(from + flingPixels);
            own.moved = bar->value() != from;    // else the next page is still on its way
        },
        [&own] {
            const QScrollBar* bar = own.console->view().verticalScrollBar();
            return own.moved ? own.isPainted() : bar->value() < bar->maximum();
        },
        [&own](const Taken& taken) {
            if (!own.moved)
                return;
            own.report.add(u"fling"_s, taken.wallMs);
            own.report.add(u"fling-cpu"_s, taken.cpuMs);
        });
    own.script.add([&own] {
        own.noteStall(u"fling"_s);
        own.report.add(u"resident"_s, memoryNow().residentMb);
        own.report.add(u"anonymous"_s, memoryNow().anonymousMb);
    });
}

}

Trial tryList(const TrialWish& wish, const Finish& finish)
{
    auto trial = std::make_shared<ListTrial>();
    ListTrial* own = trial.get();
    open(*own, wish);
    changeFilters(*own);
    jumpByPages(*own);
    jumpFar(*own);
    fling(*own);
    own->script.run([=] {
        own->watchdog.reset();    // the queries below run in this thread
        measureBarePages(
            wish.store, filterChanges,
            {[own](double ms) { own->report.add(u"bare-failed"_s, ms); }, [own](double ms) { own->report.add(u"bare-far"_s, ms); }});
        finish(own->report);
    });
    return trial;
}

}
