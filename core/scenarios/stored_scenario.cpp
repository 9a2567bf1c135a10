// SPDX-License-Identifier: Apache-2.0
#include "core/scenarios/stored_scenario.h"

#include "core/database/transaction.h"
#include "core/files/repository.h"
#include "core/jobs/repository.h"
#include "core/tasks/done_hooks.h"
#include "core/tasks/webhook_event.h"
#include "core/webhooks/repository.h"

#include <algorithm>

namespace core::scenarios {

using namespace Qt::StringLiterals;
using webhooks::Verdict;

namespace {

tl::unexpected<Error> cancelled()
{
    return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Stopped while the deliveries were read"_s);
}

Signing signingOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotChecked: return Signing::NotChecked;
    case Verdict::Valid:
    case Verdict::TooOld:
    case Verdict::TooNew: return Signing::Good;
    case Verdict::Wrong: return Signing::Wrong;
    case Verdict::Missing:
    case Verdict::Malformed: return Signing::AsSent;
    }
    Q_UNREACHABLE();
}

bool isNamed(const webhooks::Header& header, const char* name)
{
    return header.name.compare(name, Qt::CaseInsensitive) == 0;
}

Deliver deliverOf(const webhooks::Delivery& stored)
{
    Deliver delivery;
    delivery.source = stored.source;
    delivery.toAddress = stored.webhookId.has_value();
    delivery.method = stored.method;
    delivery.headers = stored.headers;
    delivery.body = stored.body;
    delivery.signing = signingOf(stored.verdict);
    delivery.inStore = stored.outcome;
    if (stored.source != webhooks::Source::Worker)
        delivery.actor = webhooks::sourceName(stored.source);
    if (delivery.signing == Signing::Good || delivery.signing == Signing::Wrong) {
        // The stamp is what it was too old or too new by; a right one is made anew like the rest. So is a wrong one: what was sent proves
        // that somebody knew some secret, and is nobody else's.
        if (stored.verdict != Verdict::Valid)
            delivery.stampedAt = Time{std::chrono::seconds{webhooks::headerValue(stored.headers, "webhook-timestamp").toLongLong()}};
        delivery.headers.removeIf(
            [](const webhooks::Header& header) { return isNamed(header, "webhook-timestamp") || isNamed(header, "webhook-signature"); });
    }
    return delivery;
}

/// "Cancelled by ann: wrong file": the message of a job that was cancelled, as TaskService writes it.
Cancel cancelOf(const jobs::JobSummary& job)
{
    const QString words = u"Cancelled by "_s;
    if (!job.message.startsWith(words))
        return {u"operator"_s, {}};
    const QString rest = job.message.mid(words.size());
    return {rest.section(u": "_s, 0, 0), rest.section(u": "_s, 1)};
}

/// Of two things at one moment: a worker takes a job before it reports, and what was ignored because the job was over came after the cancel.
int rankOf(const Step& step)
{
    if (std::holds_alternative<Take>(step.act))
        return 0;
    const auto* delivery = std::get_if<Deliver>(&step.act);
    if (!delivery)
        return 2;
    return delivery->inStore == webhooks::Outcome::IgnoredTerminal ? 3 : 1;
}

/// Reads the parts of one job into its scenario.
class Reader {
public:
    Reader(database::Database& database, const files::Storage& storage, const JobId& id, const CancelToken& cancel)
        : m_database(database), m_storage(storage), m_id(id), m_cancel(cancel)
    {
    }

    Result<Scenario> read()
    {
        if (const auto rows = readRows(); !rows)
            return errorOf(rows);
        std::stable_sort(m_scenario.steps.begin(), m_scenario.steps.end(), [](const Step& one, const Step& other) {
            return one.at != other.at ? one.at < other.at : rankOf(one) < rankOf(other);
        });
        if (const auto known = readFiles(); !known)
            return errorOf(known);
        return std::move(m_scenario);
    }

private:
    Result<void> readRows()
    {
        // One moment for all of it. The files come after it: to read a large one takes long.
        const auto moment = database::Transaction::beginRead(m_database);
        if (!moment)
            return errorOf(moment);
        auto job = jobs::JobRepository(m_database).find(m_id);
        if (!job)
            return errorOf(job);
        if (!*job)
            return failure(ErrorKind::NotFound, u"job_unknown"_s, u"There is no job %1"_s.arg(m_id.text), u"id"_s);
        m_job = std::move(**job);
        const auto address = webhooks::WebhookRepository(m_database).findOfJob(m_id);
        if (!address)
            return errorOf(address);
        m_scenario.title = u"%1 %2"_s.arg(m_job.typeText, m_id.text);
        m_scenario.job = {m_id, m_job.typeText, m_job.inputData, m_job.userId, m_job.projectId, m_job.createdAt, {}, true};
        if (*address) {
            m_scenario.job.address = (*address)->id;
            m_scenario.job.isAddressActive = (*address)->isActive;
        }
        if (const auto deliveries = readDeliveries(); !deliveries)
            return deliveries;
        return readOthers();
    }

    Result<void> readDeliveries()
    {
        const webhooks::WebhookRepository repository(m_database);
        const auto rows = repository.deliveriesInOrder(m_id, static_cast<int>(mostSteps) + 1);
        if (!rows)
            return errorOf(rows);
        qsizetype bytes = 0;
        for (const webhooks::Delivery& row : *rows) {
            if (m_cancel.isCancelled())
                return cancelled();
            if (m_scenario.steps.size() == mostSteps) {
                m_scenario.remarks << u"The job has more than %1 deliveries; these are the first."_s.arg(mostSteps);
                m_isCut = true;
                break;
            }
            const auto whole = repository.findDelivery(row.id);
            if (!whole)
                return errorOf(whole);
            if (!*whole)
                continue;
            bytes += (*whole)->body.size();
            if (bytes > mostBodyBytes) {
                m_scenario.remarks << u"The bodies of its deliveries have more than %1 MiB together; these are the first %2 deliveries."_s
                                          .arg(mostBodyBytes >> 20)
                                          .arg(m_scenario.steps.size());
                m_isCut = true;
                break;
            }
            m_scenario.steps.append({row.receivedAt, deliverOf(**whole), {}, {}});
        }
        return {};
    }

    /// What moved the job beside its deliveries. Of a job that was cut, nothing from after the cut.
    Result<void> readOthers()
    {
        const auto attempts = jobs::JobRepository(m_database).attempts(m_id);
        if (!attempts)
            return errorOf(attempts);
        const Time end = m_isCut && !m_scenario.steps.isEmpty() ? m_scenario.steps.constLast().at : Time::max();
        for (const jobs::JobAttempt& attempt : *attempts) {
            if (attempt.startedAt <= end)
                m_scenario.steps.append({attempt.startedAt, Take{}, {}, {}});
        }
        if (m_job.cancel.requestedAt && *m_job.cancel.requestedAt <= end)
            m_scenario.steps.append({*m_job.cancel.requestedAt, cancelOf(m_job), {}, {}});
        return {};
    }

    Result<void> readFiles()
    {
        for (const Step& step : std::as_const(m_scenario.steps)) {
            const auto* delivery = std::get_if<Deliver>(&step.act);
            const auto event = delivery ? tasks::parseWebhookEvent(delivery->body, delivery->headers)
                                        : tl::expected<tasks::WebhookEvent, tasks::EventProblem>(tasks::WebhookEvent{});
            if (!event || event->status != JobStatus::Done || !event->outputData)
                continue;
            const auto keys = tasks::filesNamedBy(tasks::parseOutput(m_job.type, *event->outputData).value, m_job);
            for (const QString& key : keys) {
                if (const auto known = readFacts(key); !known)
                    return known;
            }
        }
        return {};
    }

    Result<void> readFacts(const QString& key)
    {
        if (m_scenario.files.contains(key))
            return {};
        const auto row = files::FileRepository(m_database).findByPath(key);
        if (!row)
            return errorOf(row);
        if (*row && (*row)->sizeBytes && !(*row)->sha256.isEmpty()) {
            m_scenario.files.insert(key, {*(*row)->sizeBytes, (*row)->sha256, (*row)->mimeType});
            return {};
        }
        const auto facts = m_storage.facts(key, m_cancel);
        if (m_cancel.isCancelled())
            return cancelled();
        if (facts)
            m_scenario.files.insert(key, *facts);
        return {};    // it is not there, or is no key: the play finds the same
    }

    database::Database& m_database;
    const files::Storage& m_storage;
    JobId m_id;
    CancelToken m_cancel;
    jobs::Job m_job;
    Scenario m_scenario;
    bool m_isCut = false;
};

}

Result<Scenario> storedScenario(database::Database& database, const files::Storage& storage, const JobId& id, const CancelToken& cancel)
{
    return Reader(database, storage, id, cancel).read();
}

}
