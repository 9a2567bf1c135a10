// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/store.h"

#include "core/database/migrations.h"
#include "core/database/transaction.h"
#include "core/webhooks/repository.h"

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

const Caller& benchCaller()
{
    static const Caller caller{u"bench"_s, u"operator"_s, false, u"bench"_s};
    return caller;
}

Store::Store(const QString& folder)
    : m_folder(folder + u"/bench-XXXXXX"_s),
      m_settings{files::Storage(m_folder.filePath(u"storage"_s)), webhooks::MasterKey(QByteArray(32, 'k')), base::systemNow, {}}
{
    if (!m_folder.isValid())
        giveUp(m_folder.errorString());
    must(m_settings.storage.write(QString::fromLatin1(sampleKey), "not media, but not empty"));
    m_database = must(database::Database::open(optionsAt(path())));
    must(database::migrate(*m_database));
    const QString floorPath = m_folder.filePath(u"floor.db"_s);
    {
        const auto made = must(database::Database::open(optionsAt(floorPath)));
        must(database::migrate(*made));
    }
    m_service = std::make_unique<tasks::TaskService>(*m_database, m_settings);
    m_floor = std::make_unique<Floor>(floorPath);
}

tasks::SubmitRequest Store::nextRequest()
{
    return sampleRequest(++m_requests);
}

QList<tasks::SubmitRequest> Store::nextRequests(int count)
{
    QList<tasks::SubmitRequest> requests;
    for (int i = 0; i < count; ++i)
        requests.append(nextRequest());
    return requests;
}

QList<tasks::SubmitAnswer> Store::submitted(int count)
{
    return must(service().submitMany(benchCaller(), nextRequests(count)));
}

std::vector<FloorJob> Store::submittedOnFloor(int count)
{
    std::vector<FloorJob> jobs;
    floor().begin();
    for (int i = 0; i < count; ++i)
        jobs.push_back(floor().submit());
    floor().commit();
    return jobs;
}

tasks::IncomingDelivery Store::signedDelivery(const WebhookId& webhook, const tasks::WebhookEvent& event) const
{
    return signedReport(m_settings.masterKey, webhook, event);
}

tasks::SubmitRequest sampleRequest(int number)
{
    return {JobType::FrameExtract, sampleInput, u"user-%1"_s.arg(number, 6, 10, QLatin1Char('0')), u"project-7"_s, {}, false};
}

tasks::IncomingDelivery signedReport(const webhooks::MasterKey& key, const WebhookId& webhook, const tasks::WebhookEvent& event)
{
    const QByteArray body = tasks::writeWebhookEvent(event);
    const QByteArray id = event.eventId.toLatin1();
    const QByteArray stamp = QByteArray::number(base::toMicros(base::systemNow()) / 1'000'000);
    const QByteArray signature = webhooks::sign(key.secretOf(webhook), id, stamp, body);
    return {webhook, {},        webhooks::Source::Worker,
            false,   u"POST"_s, {{"webhook-id", id}, {"webhook-timestamp", stamp}, {"webhook-signature", signature}},
            body,    {},        u"worker"_s};
}

QList<DeliveryId> keepRefused(database::Database& database, const webhooks::MasterKey& key, const QList<tasks::SubmitAnswer>& jobs)
{
    webhooks::WebhookRepository webhooks(database);
    QList<DeliveryId> ids;
    auto transaction = must(database::Transaction::begin(database));
    for (const auto& job : jobs) {
        const auto incoming = signedReport(key, job.webhookId, progressEvent(17));
        webhooks::Delivery row;
        row.id = newId<DeliveryId>();
        row.webhookId = job.webhookId;
        row.jobId = job.jobId;
        row.receivedAt = base::systemNow();
        row.headers = incoming.headers;
        row.body = incoming.body;
        row.verdict = webhooks::Verdict::Valid;
        row.outcome = webhooks::Outcome::Rejected;
        row.outcomeDetail = u"store_locked: The store is locked"_s;
        must(webhooks.insertDelivery(row));
        ids.append(row.id);
    }
    must(transaction.commit());
    return ids;
}

namespace {

tasks::WebhookEvent newEvent(JobStatus status, qint64 sequence)
{
    tasks::WebhookEvent event;
    event.eventId = newUuidV7();
    event.status = status;
    event.attempt = 1;
    event.sequence = sequence;
    event.occurredAt = base::systemNow();
    return event;
}

}

tasks::WebhookEvent runningEvent()
{
    return newEvent(JobStatus::Running, 1);
}

tasks::WebhookEvent progressEvent(qint64 sequence)
{
    auto event = newEvent(JobStatus::Running, sequence);
    event.progressPct = 50;
    event.message = u"Halfway"_s;
    return event;
}

tasks::WebhookEvent failedEvent()
{
    auto event = newEvent(JobStatus::Failed, 18);
    event.errorMessage = u"The file holds no sound"_s;
    event.errorCode = u"no_audio"_s;
    return event;
}

tasks::WebhookEvent doneEvent()
{
    auto event = newEvent(JobStatus::Done, 18);
    event.message = u"Done"_s;
    event.outputData = R"({"frames":[]})";
    return event;
}

}
