// SPDX-License-Identifier: Apache-2.0
#include "core/scenarios/play.h"

#include "core/base/overloaded.h"
#include "core/database/migrations.h"
#include "core/database/transaction.h"
#include "core/tasks/run_store.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

namespace core::scenarios {

using namespace Qt::StringLiterals;

namespace {

QByteArray scratchSecret()
{
    QByteArray bytes(32, Qt::Uninitialized);
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32*>(bytes.data()), bytes.size() / qsizetype{sizeof(quint32)});
    return bytes;
}

broker::Worker scratchWorker()
{
    broker::Worker worker;
    worker.host = u"scratch"_s;
    worker.threads = 1;
    worker.leaseUs = std::chrono::microseconds(std::chrono::hours(1)).count();
    return worker;
}

/// A store with one job in it, and who acts on it.
class Scratch {
public:
    explicit Scratch(const Scenario& scenario)
        : m_scenario(scenario),
          m_address(scenario.job.address.isEmpty() ? newId<WebhookId>() : scenario.job.address),
          m_settings{files::Storage(m_folder.path()), webhooks::MasterKey(scratchSecret()), [this] { return m_now; }, {}}
    {
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    [[nodiscard]] Result<void> open();
    [[nodiscard]] StepResult play(const Step& step);
    [[nodiscard]] Result<Snapshot> look(Run& run, const StepResult& step);

private:
    struct Parts {
        explicit Parts(std::unique_ptr<database::Database> opened, const tasks::TaskSettings& settings)
            : database(std::move(opened)),
              service(*database, settings),
              runs(*database, settings, scratchWorker(), 3),
              jobs(*database),
              webhooks(*database),
              files(*database),
              notifications(*database),
              queue(*database)
        {
        }
        std::unique_ptr<database::Database> database;
        tasks::TaskService service;
        tasks::RunStore runs;
        jobs::JobRepository jobs;
        webhooks::WebhookRepository webhooks;
        files::FileRepository files;
        notifications::NotificationRepository notifications;
        broker::QueueRepository queue;
    };

    [[nodiscard]] Result<void> insertJob();
    [[nodiscard]] tasks::IncomingDelivery incoming(const Deliver& delivery) const;
    void sign(tasks::IncomingDelivery& incoming, const Deliver& delivery) const;
    void deliver(const Deliver& delivery, StepResult& result);
    void cancel(const Cancel& cancel, StepResult& result);
    void take(StepResult& result);

    const Scenario& m_scenario;
    WebhookId m_address;
    QTemporaryDir m_folder;
    Time m_now{};
    tasks::TaskSettings m_settings;
    std::optional<Parts> m_parts;
    qint64 m_position = 0;    // of the newest event that was read
};

Result<void> Scratch::open()
{
    if (!m_folder.isValid())
        return failure(ErrorKind::Unavailable, u"scratch_folder"_s,
                       u"A folder for the scratch copy cannot be made: %1"_s.arg(m_folder.errorString()));
    database::DatabaseOptions options;
    options.path = database::inMemoryPath;
    auto database = database::Database::open(options);
    if (!database)
        return errorOf(database);
    if (const auto migrated = database::migrate(**database); !migrated)
        return migrated;
    m_now = m_scenario.job.createdAt;
    m_parts.emplace(std::move(*database), m_settings);
    return insertJob().and_then([this] { return m_parts->runs.registerWorker(); });
}

/// The rows that a submit leaves (TaskService::insertJob), but for the file it looks for: that is of the store it comes from.
Result<void> Scratch::insertJob()
{
    const ScenarioJob& from = m_scenario.job;
    jobs::Job job;
    job.id = from.id;
    job.typeText = from.typeText;
    job.type = jobs::parseJobType(from.typeText);
    job.statusText = jobs::statusName(job.status);
    job.userId = from.userId;
    job.projectId = from.projectId;
    job.createdAt = from.createdAt;
    job.updatedAt = from.createdAt;
    job.inputData = from.inputData;
    broker::QueueMessage message;
    message.id = newId<MessageId>();
    message.jobId = job.id;
    message.actor = job.typeText;
    message.createdAt = job.createdAt;
    job.brokerId = message.id.text;
    jobs::JobEvent created;
    created.id = newId<EventId>();
    created.jobId = job.id;
    created.eventType = u"created"_s;
    created.statusText = job.statusText;
    created.actor = u"scenario"_s;
    created.createdAt = job.createdAt;
    auto transaction = database::Transaction::begin(*m_parts->database);
    if (!transaction)
        return errorOf(transaction);
    return m_parts->jobs.insert(job)
        .and_then([&] {
            return m_parts->webhooks.insert({m_address, job.id, u"standard-v1"_s, from.isAddressActive, job.createdAt});
        })
        .and_then([&] { return m_parts->jobs.appendEvent(created); })
        .and_then([&] { return m_parts->queue.enqueue(message); })
        .and_then([&] { return transaction->commit(); });
}

StepResult Scratch::play(const Step& step)
{
    m_now = step.at;
    StepResult result;
    std::visit(base::Overloaded{
                   [&](const Deliver& delivery) { deliver(delivery, result); },
                   [&](const Cancel& person) { cancel(person, result); },
                   [&](const Take&) { take(result); },
               },
               step.act);
    return result;
}

tasks::IncomingDelivery Scratch::incoming(const Deliver& delivery) const
{
    tasks::IncomingDelivery made;
    if (delivery.toAddress)
        made.webhookId = m_address;
    else
        made.jobId = m_scenario.job.id;
    made.source = delivery.source;
    made.isTrusted = delivery.signing == Signing::NotChecked;
    made.method = delivery.method;
    made.headers = delivery.headers;
    made.body = delivery.body;
    made.actor = delivery.actor;
    made.knownFiles = m_scenario.files;
    if (delivery.signing == Signing::Good || delivery.signing == Signing::Wrong)
        sign(made, delivery);
    return made;
}

void Scratch::sign(tasks::IncomingDelivery& made, const Deliver& delivery) const
{
    QByteArray id = webhooks::headerValue(made.headers, "webhook-id");
    if (id.isEmpty()) {
        id = "scenario-" + QByteArray::number(base::toMicros(m_now));
        made.headers.append({"webhook-id", id});
    }
    const QByteArray stamp = QByteArray::number(base::toMicros(delivery.stampedAt.value_or(m_now)) / 1'000'000);
    const QByteArray secret = delivery.signing == Signing::Good ? m_settings.masterKey.secretOf(m_address) : scratchSecret();
    made.headers.append({"webhook-timestamp", stamp});
    made.headers.append({"webhook-signature", webhooks::sign(secret, id, stamp, made.body)});
}

QString saysText(const Deliver& delivery)
{
    const auto event = tasks::parseWebhookEvent(delivery.body, delivery.headers);
    if (!event)
        return {};
    QStringList words;
    if (event->status)
        words << jobs::statusName(*event->status);
    if (event->progressPct)
        words << u"%1%"_s.arg(*event->progressPct);
    return words.isEmpty() ? event->message.value_or(QString()).left(80) : words.join(u' ');
}

void Scratch::deliver(const Deliver& delivery, StepResult& result)
{
    result.says = saysText(delivery);
    const auto outcomes = m_parts->service.recordWebhookEvents({incoming(delivery)}, tasks::Mode::Apply);
    if (!outcomes) {
        result.refusal = outcomes.error();
        result.answer = webhooks::outcomeName(webhooks::Outcome::Rejected);
        result.httpStatus = 503;
        return;
    }
    result.outcome = outcomes->constFirst();
    result.answer = webhooks::outcomeName(result.outcome->outcome);
    result.httpStatus = result.outcome->httpStatus;
}

void Scratch::cancel(const Cancel& person, StepResult& result)
{
    const Caller caller{person.by.isEmpty() ? u"operator"_s : person.by, u"operator"_s, false, u"scenario"_s};
    const auto cancelled = m_parts->service.cancel(caller, m_scenario.job.id, person.reason);
    result.answer = cancelled ? u"cancelled"_s : u"refused"_s;
    result.httpStatus = cancelled ? 200 : 409;
    if (!cancelled)
        result.refusal = cancelled.error();
}

/// As a worker does it; one that has the job already has lost it then.
void Scratch::take(StepResult& result)
{
    const QString worker = m_parts->runs.workerId();
    const auto taken = m_parts->queue.messagesLeasedBy(worker)
                           .and_then([&](const QList<broker::QueueMessage>& messages) -> Result<bool> {
                               for (const broker::QueueMessage& message : messages) {
                                   if (const auto back = m_parts->queue.putBack(message.id, worker, 0); !back)
                                       return back;
                               }
                               return true;
                           })
                           .and_then([&](bool) { return m_parts->runs.lease(1); });
    const bool has = taken && !taken->isEmpty();
    result.answer = has ? u"taken"_s : u"not_taken"_s;
    if (!taken)
        result.refusal = taken.error();
    else if (!has)
        result.refusal = Error{ErrorKind::Conflict, u"job_not_waiting"_s, u"The job does not wait in the queue"_s, {}, {}};
}

/// The rows as they are now. What was added is appended to the run's lists.
Result<Snapshot> Scratch::look(Run& run, const StepResult& step)
{
    constexpr int page = 1000;
    Snapshot snapshot;
    for (bool more = true; more;) {
        const auto events = m_parts->jobs.eventsAfter(m_position, page);
        if (!events)
            return errorOf(events);
        run.events.append(*events);
        more = events->size() == page;
        if (!events->isEmpty())
            m_position = events->constLast().position;
    }
    const JobId id = m_scenario.job.id;
    const auto job = m_parts->jobs.findSummary(id);
    if (!job)
        return errorOf(job);
    if (!*job)
        return failure(ErrorKind::Internal, u"job_gone"_s, u"The scratch copy lost its job"_s);
    const auto sizes = m_parts->jobs.payloadSizes(id);
    if (!sizes)
        return errorOf(sizes);
    // Whatever else a step does, these only come with a report that says so, or with a cancel.
    if (step.outcome && !step.outcome->artifacts.isEmpty()) {
        const auto artifacts = m_parts->files.artifactsOf(id);
        if (!artifacts)
            return errorOf(artifacts);
        run.artifacts = *artifacts;
    }
    if (!step.outcome || step.outcome->notification) {
        const auto notifications = m_parts->notifications.ofJob(id);
        if (!notifications)
            return errorOf(notifications);
        run.notifications = *notifications;
    }
    snapshot.job = **job;
    snapshot.outputBytes = sizes->output;
    snapshot.events = run.events.size();
    snapshot.artifacts = run.artifacts.size();
    snapshot.notifications = run.notifications.size();
    return snapshot;
}

}

Result<Run> play(const Scenario& scenario, const tasks::ActControl& control)
{
    Scratch scratch(scenario);
    if (const auto opened = scratch.open(); !opened)
        return errorOf(opened);
    Run run;
    const auto before = scratch.look(run, {});
    if (!before)
        return errorOf(before);
    run.before = *before;
    run.steps.reserve(scenario.steps.size());
    for (const Step& step : scenario.steps) {
        if (control.cancel.isCancelled())
            return failure(ErrorKind::Cancelled, u"cancelled"_s, u"The play was stopped; it was only a scratch copy"_s);
        StepResult result = scratch.play(step);
        const auto after = scratch.look(run, result);
        if (!after)
            return errorOf(after);
        result.after = *after;
        run.steps.append(std::move(result));
        if (control.progress)
            control.progress(run.steps.size(), scenario.steps.size());
    }
    return run;
}

}
