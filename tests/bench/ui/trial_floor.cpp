// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/bench_application.h"
#include "tests/bench/ui/computed_table.h"
#include "tests/bench/ui/process_facts.h"
#include "tests/bench/ui/script.h"
#include "tests/bench/ui/trials.h"

#include <QScrollBar>
#include <QTableView>

#include <random>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int jumps = 150;

struct FloorTrial {
    Report report;
    Script script;
    QTableView* view = nullptr;
    quint64 before = 0;
    std::minstd_rand random;
};

}

Trial tryFloor(const TrialWish& wish, const Finish& finish)
{
    auto trial = std::make_shared<FloorTrial>();
    auto& application = BenchApplication::instance();
    FloorTrial* own = trial.get();
    const auto isPainted = [own, &application] { return application.frames() > own->before; };
    own->script.add(
        u"first paint"_s,
        [=, &application] {
            own->view = showComputedTable(static_cast<int>(wish.rows));
            application.watch(own->view->viewport());
        },
        isPainted,
        [=](const Taken&) {
            own->report.add(u"start"_s, machineMs() - wish.startedAtMs);
            own->report.add(u"start-cpu"_s, processCpuMs());
        });
    own->script.rest(1000);
    own->script.add([own] {
        own->report.add(u"resident"_s, memoryNow().residentMb);
        own->report.add(u"anonymous"_s, memoryNow().anonymousMb);
    });
    own->script.repeat(
        jumps, u"page jump"_s,
        [=, &application] {
            own->before = application.frames();
            QScrollBar* bar = own->view->verticalScrollBar();
            const auto pages = static_cast<unsigned>(bar->maximum() / bar->pageStep());
            bar->setValue(static_cast<int>(own->random() % pages) * bar->pageStep());
        },
        isPainted,
        [own](const Taken& taken) {
            own->report.add(u"jump"_s, taken.wallMs);
            own->report.add(u"jump-cpu"_s, taken.cpuMs);
        });
    own->script.run([own, finish] { finish(own->report); });
    return trial;
}

}
