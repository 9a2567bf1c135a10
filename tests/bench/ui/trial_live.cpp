// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/figures.h"
#include "tests/bench/ui/bench_application.h"
#include "tests/bench/ui/change_stream.h"
#include "tests/bench/ui/console_on_trial.h"
#include "tests/bench/ui/live_store.h"
#include "tests/bench/ui/process_facts.h"
#include "tests/bench/ui/script.h"
#include "tests/bench/ui/trials.h"
#include "tests/bench/ui/watchdog.h"
#include "ui/jobs/jobs_view.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"

#include <QScrollBar>

#include <algorithm>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int changesPerSecond = 1000;
constexpr int measuredMs = 5000;
constexpr int watchedMs = 2000;
constexpr int highWindow = 3000;    // pixels: a hundred rows stand on the screen

struct Painted {
    int job = 0;
    int number = 0;
    double atMs = 0;
};

struct LiveTrial {
    Report report;
    Script script;
    LiveStore store;
    std::unique_ptr<Watchdog> watchdog;
    std::unique_ptr<ConsoleOnTrial> console;
    std::unique_ptr<ChangeStream> stream;
    std::array<int, LiveStore::running> seen{};
    std::vector<Painted> painted;
    double cpuBegun = 0;
    double wallBegun = 0;
    double processBegun = 0;
    quint64 framesBegun = 0;

    /// Which changes stand on the screen since this frame.
    void notePainted()
    {
        if (!stream)
            return;
        const double now = machineMs();
        const auto& rows = console->rows();
        const int last = std::min(console->view().lastShown(), rows.rowCount() - 1);
        for (int row = console->view().firstShown(); row <= last; ++row) {
            const auto& job = rows.rowAt(row).job();
            const int number = QStringView(job.message).mid(7).toInt();
            const int which = LiveStore::runningIndex(job.id);
            if (which < 0 || number <= seen.at(static_cast<size_t>(which)))
                continue;
            seen.at(static_cast<size_t>(which)) = number;
            painted.push_back({which, number, now});
        }
    }
    void takeLatencies(const std::vector<ChangeStream::Change>& changes)
    {
        size_t hidden = 0;
        for (const auto& change : changes) {
            // painted once a frame shows this change of the job, or a later one
            const auto shown = std::find_if(painted.begin(), painted.end(),
                                            [&](const Painted& each) { return each.job == change.job && each.number >= change.number; });
            if (shown == painted.end())
                ++hidden;
            else
                report.add(u"latency"_s, std::max(0.0, shown->atMs - change.committedAtMs));
        }
        report.add(u"never-painted"_s, static_cast<double>(hidden));
    }
};

}

Trial tryLive(const TrialWish&, const Finish& finish)
{
    auto trial = std::make_shared<LiveTrial>();
    LiveTrial* own = trial.get();
    auto& application = BenchApplication::instance();
    own->script.add(
        u"first rows"_s,
        [=, &application] {
            own->console = std::make_unique<ConsoleOnTrial>(own->store.path(), 0);
            own->console->window().resize(1440, highWindow);
            application.watch(own->console->view().viewport());
        },
        [=, &application] { return own->console->rows().rowCount() > 0 && application.frames() > 0; });
    own->script.rest(1000);
    own->script.add([=, &application] {
        own->report.add(u"rows-shown"_s, own->console->view().lastShown() - own->console->view().firstShown() + 1);
        own->stream =
            std::make_unique<ChangeStream>(*own->console->window().session().backend(), own->store.runningJobs(), changesPerSecond);
        application.setAfterFrame([own] { own->notePainted(); });
        (void)application.takeLongestEvent();
        own->cpuBegun = threadCpuMs();
        own->wallBegun = machineMs();
        own->processBegun = processCpuMs();
        own->framesBegun = application.frames();
    });
    own->script.rest(measuredMs);
    own->script.add([=, &application] {
        const double seconds = (machineMs() - own->wallBegun) / 1000;
        own->report.add(u"gui-share"_s, (threadCpuMs() - own->cpuBegun) / seconds / 10);
        own->report.add(u"process-share"_s, (processCpuMs() - own->processBegun) / seconds / 10);
        own->report.add(u"changes"_s, own->stream->count() / seconds);
        own->report.add(u"frames"_s, static_cast<double>(application.frames() - own->framesBegun) / seconds);
        own->watchdog = std::make_unique<Watchdog>();    // only now: its heartbeats cost the GUI thread as well
    });
    own->script.rest(watchedMs);
    own->script.add([=, &application] {
        const Stall stall = own->watchdog->takeLongest();
        own->report.add(u"stall"_s, stall.wallMs);
        own->report.add(u"stall-cpu"_s, stall.cpuMs);
        const auto longest = application.takeLongestEvent();
        own->report.say(u"longest"_s, u"%1 (%2 ms of its thread)"_s.arg(longest.what).arg(longest.cpuMs, 0, 'f', 1));
        const auto changes = own->stream->stop();
        own->stream.reset();
        own->takeLatencies({changes.begin(), changes.begin() + static_cast<std::ptrdiff_t>(changes.size() * 9 / 10)});
    });
    own->script.run([=, &application] {
        application.setAfterFrame({});
        finish(own->report);
    });
    return trial;
}

}
