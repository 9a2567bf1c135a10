// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/bench_application.h"
#include "tests/bench/ui/console_on_trial.h"
#include "tests/bench/ui/process_facts.h"
#include "tests/bench/ui/script.h"
#include "tests/bench/ui/trials.h"
#include "tests/bench/ui/watchdog.h"
#include "ui/jobs/jobs_view.h"

namespace bench {

using namespace Qt::StringLiterals;

namespace {

struct StartTrial {
    Report report;
    Watchdog watchdog;
    Script script;
    std::unique_ptr<ConsoleOnTrial> console;
    quint64 rowsCame = 0;    // frames when the first rows had come
};

}

Trial tryStart(const TrialWish& wish, const Finish& finish)
{
    auto trial = std::make_shared<StartTrial>();
    auto& application = BenchApplication::instance();
    StartTrial* own = trial.get();
    own->report.add(u"before"_s, machineMs() - wish.startedAtMs);
    own->script.add(
        u"first row"_s,
        [=, &application] {
            own->console = std::make_unique<ConsoleOnTrial>(wish.store, 2);
            application.watch(own->console->view().viewport());
            own->report.add(u"built"_s, machineMs() - wish.startedAtMs);
            QObject::connect(&own->console->rows(), &ui::JobsModel::queryArrived, &own->script, [=, &application] {
                own->rowsCame = application.frames();
                own->report.add(u"rows"_s, machineMs() - wish.startedAtMs);
            });
        },
        [=, &application] { return own->console->rows().rowCount() > 0 && application.frames() > own->rowsCame; },
        [=, &application](const Taken&) {
            own->report.add(u"start"_s, machineMs() - wish.startedAtMs);
            own->report.add(u"start-cpu"_s, processCpuMs());
            const auto longest = application.takeLongestEvent();
            own->report.say(u"longest"_s, u"%1 (%2 ms of its thread)"_s.arg(longest.what).arg(longest.cpuMs, 0, 'f', 1));
        });
    own->script.rest(1500);
    own->script.add([own] {
        const Stall stall = own->watchdog.takeLongest();
        own->report.add(u"stall"_s, stall.wallMs);
        own->report.add(u"stall-cpu"_s, stall.cpuMs);
        own->report.add(u"resident"_s, memoryNow().residentMb);
        own->report.add(u"anonymous"_s, memoryNow().anonymousMb);
    });
    own->script.run([own, finish] { finish(own->report); });
    return trial;
}

}
