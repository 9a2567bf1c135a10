// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"
#include "tests/bench/figures.h"
#include "tests/bench/ui/bench_application.h"
#include "tests/bench/ui/change_stream.h"
#include "tests/bench/ui/console_on_trial.h"
#include "tests/bench/ui/live_store.h"
#include "tests/bench/ui/process_facts.h"
#include "tests/bench/ui/script.h"
#include "tests/bench/ui/trials.h"
#include "ui/jobs/jobs_view.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int warmUpMs = 500;
constexpr int measuredMs = 3000;

struct WebhookTrial {
    Report report;
    Script script;
    LiveStore store;
    std::unique_ptr<ConsoleOnTrial> console;
    std::unique_ptr<core::backend::DirectBackend> alone;
    std::unique_ptr<ChangeStream> stream;
    int countBegun = 0;
    double begunAtMs = 0;

    void measure(core::backend::Backend& (*backendOf)(WebhookTrial&))
    {
        script.add([this, backendOf] { stream = std::make_unique<ChangeStream>(backendOf(*this), store.runningJobs(), 0); });
        script.rest(warmUpMs);
        script.add([this] {
            countBegun = stream->count();
            begunAtMs = machineMs();
        });
        script.rest(measuredMs);
        script.add([this] {
            report.add(u"rate"_s, (stream->count() - countBegun) * 1000 / (machineMs() - begunAtMs));
            (void)stream->stop();
            stream.reset();
        });
    }
};

}

Trial tryWebhooksOpen(const TrialWish&, const Finish& finish)
{
    auto trial = std::make_shared<WebhookTrial>();
    WebhookTrial* own = trial.get();
    auto& application = BenchApplication::instance();
    own->script.add(
        u"first rows"_s,
        [=, &application] {
            own->console = std::make_unique<ConsoleOnTrial>(own->store.path(), 0);
            application.watch(own->console->view().viewport());
        },
        [=, &application] { return own->console->rows().rowCount() > 0 && application.frames() > 0; });
    own->script.rest(500);
    own->measure([](WebhookTrial& each) -> core::backend::Backend& { return *each.console->window().session().backend(); });
    own->script.run([own, finish] { finish(own->report); });
    return trial;
}

Trial tryWebhooksClosed(const TrialWish&, const Finish& finish)
{
    auto trial = std::make_shared<WebhookTrial>();
    WebhookTrial* own = trial.get();
    core::backend::DirectBackendOptions options;
    options.storePath = own->store.path();
    options.storagePath = own->store.storage();
    own->alone = must(core::backend::DirectBackend::open(options));
    own->measure([](WebhookTrial& each) -> core::backend::Backend& { return *each.alone; });
    own->script.run([own, finish] { finish(own->report); });
    return trial;
}

}
