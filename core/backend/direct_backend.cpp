// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"

#include "core/backend/direct_backend_state.h"
#include "core/backend/doctor.h"
#include "core/backend/job_details.h"
#include "core/backend/masking.h"
#include "core/backend/queue_state.h"
#include "core/casefile/case_file.h"
#include "core/database/store_url.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

namespace core::backend {

using namespace Qt::StringLiterals;

namespace {

/// A file that is marked as a case is looked at as one, however it was opened; what is only named like one is no store to be made there.
Result<std::unique_ptr<casefile::CaseStorage>> caseFor(DirectBackendOptions& options)
{
    if (isOnServer(options.storePath))
        return std::unique_ptr<casefile::CaseStorage>();
    if (!casefile::isCaseFile(options.storePath) && !options.storePath.endsWith(casefile::caseSuffix, Qt::CaseInsensitive))
        return std::unique_ptr<casefile::CaseStorage>();
    auto storage = casefile::CaseStorage::open(options.storePath);
    if (!storage)
        return errorOf(storage);
    options.storePath = (*storage)->storePath();
    options.storagePath = (*storage)->root();
    options.readOnly = true;
    return storage;
}

/// Beside a store's file; for a server's store among this person's own data, by the server's and the database's names.
QString keyPathOf(const QString& storePath)
{
    if (!isOnServer(storePath))
        return storePath + u".key"_s;
    const QByteArray place = QUrl(storePath).toString(QUrl::RemoveUserInfo).toUtf8();
    const QByteArray name = QCryptographicHash::hash(place, QCryptographicHash::Sha256).toHex().left(16);
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/signalbox/keys/"_s + QString::fromLatin1(name) +
           u".key"_s;
}

Result<tasks::TaskSettings> settingsFor(const DirectBackendOptions& options)
{
    if (isOnServer(options.storePath)) {    // before anything is made for it
        if (const auto url = database::StoreUrl::parse(options.storePath); !url)
            return errorOf(url);
    }
    if (!options.readOnly && !QDir().mkpath(options.storagePath))
        return failure(ErrorKind::Unavailable, u"storage_folder"_s, u"The storage folder %1 cannot be made"_s.arg(options.storagePath),
                       u"storage"_s);
    const QString keyPath = keyPathOf(options.storePath);
    if (const QString folder = QFileInfo(keyPath).absolutePath(); !options.readOnly && !QDir().mkpath(folder))
        return failure(ErrorKind::Unavailable, u"store_io"_s, u"The folder %1 cannot be made"_s.arg(folder), u"store"_s);
    if (options.readOnly) {    // nobody reports to a store that is only read: its key only explains signatures, and need not be readable
        auto key = webhooks::MasterKey::load(keyPath, false);
        return tasks::TaskSettings{files::Storage(options.storagePath), key ? *key : webhooks::MasterKey({}), base::systemNow, {}};
    }
    auto key = webhooks::MasterKey::load(keyPath, true);
    if (!key)
        return errorOf(key);
    return tasks::TaskSettings{files::Storage(options.storagePath), *key, base::systemNow, {}};
}

template <class AnyId>
Result<AnyId> theOne(const Result<QList<AnyId>>& found, const QString& beginning, const QString& what)
{
    if (beginning.isEmpty())    // every id begins so
        return failure(ErrorKind::Invalid, u"id_empty"_s, u"The id of a %1 must not be empty"_s.arg(what), u"id"_s);
    if (!found)
        return errorOf(found);
    if (found->isEmpty())
        return failure(ErrorKind::NotFound, what + u"_unknown"_s, u"There is no %1 whose id begins with '%2'"_s.arg(what, beginning),
                       u"id"_s);
    if (found->size() > 1 && found->first().text != beginning)
        return failure(ErrorKind::Conflict, u"id_ambiguous"_s, u"More than one %1 has an id that begins with '%2'"_s.arg(what, beginning),
                       u"id"_s);
    return found->first();
}

}

bool isOnServer(const QString& storePath)
{
    return database::StoreUrl::isUrl(storePath);
}

Result<std::unique_ptr<DirectBackend>> DirectBackend::open(const DirectBackendOptions& wanted)
{
    DirectBackendOptions options = wanted;
    auto caseStorage = caseFor(options);
    if (!caseStorage)
        return errorOf(caseStorage);
    auto settings = settingsFor(options);
    if (!settings)
        return errorOf(settings);
    auto state = std::make_unique<State>(options, std::move(*settings));
    state->caseStorage = std::move(*caseStorage);
    State* shared = state.get();
    state->hasStorage = QFileInfo(options.storagePath).isDir();    // now, for a GUI thread asks for the capabilities
    state->isServer = isOnServer(options.storePath);
    state->settings.changed = [shared] { shared->changed(); };
    state->settings.queued = [shared] { shared->changed(database::ChangeBell::Kind::Queued); };
    state->acts = shared->writingLane(u"acts"_s, State::Use::Common);
    state->bulk = shared->writingLane(u"acts on many"_s, State::Use::Rare);
    // On a server what only reads cannot write, whatever becomes of it.
    const auto readingLane = [&](const QString& purpose, State::Use use) {
        return state->isServer ? shared->readingLane(purpose, use) : shared->fileReadingLane(use);
    };
    state->lists = readingLane(u"lists"_s, State::Use::Common);
    state->reads = readingLane(u"rows"_s, State::Use::Quick);
    state->stories = readingLane(u"stories"_s, State::Use::Common);
    state->statistics = readingLane(u"counts"_s, State::Use::Counting);
    state->histories = shared->readingLane(u"histories"_s, State::Use::Rare);
    state->rehearsals = shared->readingLane(u"dry runs"_s, State::Use::Rare);
    state->signatures = shared->readingLane(u"signatures"_s, State::Use::Rare);
    state->cases = shared->writingLane(u"case files"_s, State::Use::Rare);
    std::unique_ptr<DirectBackend> backend(new DirectBackend(std::move(state)));
    if (const auto opened = shared->acts->run([](Session&) -> Result<bool> { return true; }).wait(); !opened)
        return errorOf(opened);
    return backend;
}

DirectBackend::DirectBackend(std::unique_ptr<State> state) : m_state(std::move(state)) {}

DirectBackend::~DirectBackend()
{
    m_state->closing.cancel();
    for (StoreLane* readers : {m_state->lists.get(), m_state->reads.get(), m_state->stories.get(), m_state->statistics.get(),
                               m_state->histories.get(), m_state->rehearsals.get(), m_state->signatures.get()})
        readers->giveUp();    // nobody hears their answers any more
    std::shared_ptr<tasks::WorkerPool> pool;
    {
        const std::scoped_lock lock(m_state->mutex);
        pool.swap(m_state->pool);
        m_state->listener = nullptr;
    }
    pool.reset();    // hands back what runs, before the lanes go
}

Capabilities DirectBackend::capabilities() const
{
    const bool writes = !m_state->options.readOnly;
    Capabilities capabilities{writes, writes, m_state->hasStorage, {}};
    if (isCaseFile())
        capabilities.whyReadOnly = u"This is a case file, which is only looked at. Take it home to run its job again."_s;
    else if (!writes)
        capabilities.whyReadOnly = u"The connection is read-only"_s;
    return capabilities;
}

// Reading

Pending<jobs::JobPage> DirectBackend::listJobs(const jobs::Filter& filter, const jobs::PageRequest& request)
{
    return listJobs(filter, request, ReadHandle());
}

Pending<jobs::JobPage> DirectBackend::listJobs(const jobs::Filter& filter, const jobs::PageRequest& request, const ReadHandle& handle)
{
    return m_state->lists->run(handle,
                               [=](Session& session) { return masked(jobs::JobListRepository(*session.database).page(filter, request)); });
}

Pending<jobs::JobCount> DirectBackend::countJobs(const jobs::Filter& filter, int ceiling)
{
    return countJobs(filter, ceiling, ReadHandle());
}

Pending<jobs::JobCount> DirectBackend::countJobs(const jobs::Filter& filter, int ceiling, const ReadHandle& handle)
{
    // no page waits for a number beside it
    return m_state->statistics->run(handle,
                                    [=](Session& session) { return jobs::JobListRepository(*session.database).count(filter, ceiling); });
}

Pending<std::optional<qint64>> DirectBackend::estimateJobs(const jobs::Filter& filter)
{
    // not behind a count of many seconds
    return m_state->lists->run([=](Session& session) { return jobs::JobListRepository(*session.database).estimate(filter); });
}

Pending<jobs::JobIds> DirectBackend::jobIds(const jobs::Filter& filter, int limit)
{
    return m_state->lists->run([=](Session& session) { return jobs::JobListRepository(*session.database).ids(filter, limit); });
}

Pending<tasks::JobScope> DirectBackend::freezeJobs(const tasks::ScopeRequest& request)
{
    return freezeJobs(request, ReadHandle());
}

Pending<tasks::JobScope> DirectBackend::freezeJobs(const tasks::ScopeRequest& request, const ReadHandle& handle)
{
    return m_state->statistics->run(handle, [=](Session& session) { return masked(tasks::freezeJobs(*session.database, request)); });
}

Pending<QList<jobs::JobSummary>> DirectBackend::jobRows(const QList<JobId>& ids)
{
    return m_state->reads->run([=](Session& session) { return masked(jobs::JobListRepository(*session.database).summariesOf(ids)); });
}

Pending<JobDetails> DirectBackend::job(const JobId& id)
{
    return m_state->reads->run([=](Session& session) { return masked(readJobDetails(*session.database, id)); });
}

Pending<JobId> DirectBackend::resolveJobId(const QString& beginning)
{
    return m_state->reads->run(
        [=](Session& session) { return theOne(jobs::JobRepository(*session.database).findByIdPrefix(beginning, 2), beginning, u"job"_s); });
}

Pending<DeliveryId> DirectBackend::resolveDeliveryId(const QString& beginning)
{
    return m_state->reads->run([=](Session& session) {
        return theOne(webhooks::WebhookRepository(*session.database).findDeliveriesByIdPrefix(beginning, 2), beginning, u"delivery"_s);
    });
}

Pending<QList<jobs::JobEvent>> DirectBackend::events(const JobId& id)
{
    return m_state->reads->run([=](Session& session) { return masked(jobs::JobRepository(*session.database).events(id)); });
}

Pending<QList<jobs::JobAttempt>> DirectBackend::attempts(const JobId& id)
{
    return m_state->reads->run([=](Session& session) { return masked(jobs::JobRepository(*session.database).attempts(id)); });
}

Pending<QList<webhooks::Delivery>> DirectBackend::deliveries(const std::optional<JobId>& id, int limit)
{
    return m_state->lists->run(
        [=](Session& session) { return masked(webhooks::WebhookRepository(*session.database).deliveries(id, {}, limit)); });
}

Pending<webhooks::Delivery> DirectBackend::delivery(const DeliveryId& id)
{
    return m_state->reads->run([=](Session& session) -> Result<webhooks::Delivery> {
        auto found = webhooks::WebhookRepository(*session.database).findDelivery(id);
        if (!found)
            return errorOf(found);
        if (!*found)
            return failure(ErrorKind::NotFound, u"delivery_unknown"_s, u"There is no delivery %1"_s.arg(id.text), u"id"_s);
        return masked(std::move(**found));
    });
}

Pending<QList<files::ArtifactWithFile>> DirectBackend::artifacts(const JobId& id)
{
    return m_state->reads->run([=](Session& session) { return files::FileRepository(*session.database).artifactsOf(id); });
}

Pending<QList<notifications::Notification>> DirectBackend::notificationsOf(const JobId& id)
{
    return m_state->reads->run(
        [=](Session& session) { return masked(notifications::NotificationRepository(*session.database).ofJob(id)); });
}

Pending<QList<jobs::JournalEntry>> DirectBackend::journal(int limit)
{
    return m_state->lists->run([=](Session& session) { return masked(jobs::JournalRepository(*session.database).newest({}, limit)); });
}

Pending<QueueState> DirectBackend::queueState()
{
    return m_state->reads->run([](Session& session) { return readQueue(*session.database); });
}

Pending<QList<Finding>> DirectBackend::doctor()
{
    return m_state->fileWork.run([options = m_state->options]() -> Result<QList<Finding>> { return examine(options); });
}

// Workers

Result<void> DirectBackend::startWorkers(const WorkerOptions& options)
{
    if (isCaseFile())
        return tl::make_unexpected(inCaseFile());
    if (m_state->options.readOnly)
        return failure(ErrorKind::Forbidden, u"read_only"_s, u"Workers cannot run on a read-only connection"_s);
    {
        const std::scoped_lock lock(m_state->mutex);
        if (m_state->pool)
            return {};
    }
    tasks::WorkerSettings settings;
    settings.database = m_state->databaseOptions(u"workers"_s);
    if (m_state->isServer) {
        m_state->hearOthers();
        settings.pollWhenTold = m_state->options.safetyPoll;
        settings.isTold = [state = m_state.get()] { return state->bell->isListening(); };
    }
    settings.threads = options.threads;
    settings.lease = options.lease;
    settings.maxCrashes = options.maxCrashes;
    settings.tools = m_state->options.tools;
    settings.limits = m_state->options.limits;
    auto pool = tasks::WorkerPool::start(settings, m_state->settings);
    if (!pool)
        return errorOf(pool);
    const std::scoped_lock lock(m_state->mutex);
    m_state->pool = std::move(*pool);
    return {};
}

Pending<bool> DirectBackend::stopWorkers(Stop stop)
{
    std::shared_ptr<tasks::WorkerPool> pool;
    {
        const std::scoped_lock lock(m_state->mutex);
        pool = m_state->pool;
    }
    if (pool)
        pool->stop(stop == Stop::Finish ? tasks::WorkerPool::Stop::Finish : tasks::WorkerPool::Stop::HandBack);
    return m_state->fileWork.run([pool, state = m_state.get()]() mutable -> Result<bool> {
        if (!pool)
            return false;
        pool->waitUntilStopped();
        const std::scoped_lock lock(state->mutex);
        if (state->pool == pool)
            state->pool.reset();
        return true;
    });
}

}
