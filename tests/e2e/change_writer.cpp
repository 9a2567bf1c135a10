// SPDX-License-Identifier: Apache-2.0
// A test program: changes jobs of a store so many times a second, as workers of other processes would.
#include "core/backend/direct_backend.h"
#include "core/tasks/webhook_event.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <cstdio>

#include <sys/prctl.h>

#include <csignal>

using namespace Qt::StringLiterals;
using core::backend::DirectBackend;

namespace {

constexpr int jobsChanged = 50;
constexpr int jobEvery = 100;    // of so many changes one is a new job

template <class T>
T must(core::Result<T> result)
{
    if (!result)
        qFatal("%s", qUtf8Printable(result.error().message));
    return std::move(*result);
}

class Writer {
public:
    Writer(DirectBackend& backend, const QString& file) : m_backend(backend), m_key(must(backend.importFile(m_caller, file).wait()))
    {
        for (int i = 0; i < jobsChanged; ++i)
            m_jobs << submit();
    }

    void change(int upTo)
    {
        // what is due goes out at once and is waited for afterwards: the store takes it in one go
        QList<core::Pending<core::tasks::WebhookOutcome>> underWay;
        for (; m_number < upTo; ++m_number) {
            if (m_number % jobEvery == jobEvery - 1)
                (void)submit();
            else
                underWay << report();
        }
        for (const auto& pending : underWay)
            must(pending.wait());
    }
    [[nodiscard]] int number() const { return m_number; }

private:
    core::JobId submit()
    {
        core::tasks::SubmitRequest request;
        request.type = core::JobType::MediaProbe;
        request.input = "{\"file_path\":\"" + m_key.toUtf8() + "\"}";
        request.force = true;
        return must(m_backend.submit(m_caller, request).wait()).jobId;
    }
    core::Pending<core::tasks::WebhookOutcome> report()
    {
        core::tasks::WebhookEvent event;
        event.eventId = core::newUuidV7();
        event.status = core::JobStatus::Running;
        event.attempt = 1;
        event.sequence = m_number + 1;
        event.occurredAt = core::base::systemNow();
        event.progressPct = m_number / jobsChanged % 100;
        event.message = u"change %1"_s.arg(m_number);
        return m_backend.post(m_caller, m_jobs.at(m_number % jobsChanged), core::tasks::writeWebhookEvent(event), core::tasks::Mode::Apply);
    }

    DirectBackend& m_backend;
    const core::Caller m_caller{u"writer"_s, u"operator"_s, false, u"test"_s};
    QString m_key;
    QList<core::JobId> m_jobs;
    int m_number = 0;
};

}

/// change_writer STORE STORAGE FILE CHANGES PER_SECOND: says "ready", goes on at a line on standard input, then tells how fast it was.
int main(int argc, char** argv)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);    // a test that is stopped leaves none of these behind
    QCoreApplication application(argc, argv);
    const QStringList given = QCoreApplication::arguments();
    if (given.size() != 6)
        qFatal("change_writer STORE STORAGE FILE CHANGES PER_SECOND");
    core::backend::DirectBackendOptions options;
    options.storePath = given.at(1);
    options.storagePath = given.at(2);
    const auto backend = must(DirectBackend::open(options));
    Writer writer(*backend, given.at(3));
    const int changes = given.at(4).toInt();
    const int perSecond = given.at(5).toInt();
    std::puts("ready");
    std::fflush(stdout);
    if (std::getchar() == EOF)
        return 0;

    QElapsedTimer clock;
    clock.start();
    QTimer beat;
    QObject::connect(&beat, &QTimer::timeout, &application, [&] {
        writer.change(std::min<int>(changes, static_cast<int>(clock.elapsed() * perSecond / 1000)));
        if (writer.number() < changes)
            return;
        std::printf("%lld\n", static_cast<long long>(qint64{1000} * changes / std::max<qint64>(1, clock.elapsed())));
        QCoreApplication::quit();
    });
    beat.start(10);
    return QCoreApplication::exec();
}
