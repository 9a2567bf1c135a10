// SPDX-License-Identifier: Apache-2.0
#include "tests/support/store_fixture.h"

#include <QTest>

#include <span>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::StoreFixture;
using webhooks::Outcome;

Q_DECLARE_METATYPE(core::jobs::JobType)

namespace {

/// A letter of the alphabet from which the orders are drawn.
struct Letter {
    const char* name;
    JobStatus status;    // Unknown: progress alone
    int attempt;
    qint64 sequence;
    bool isBare = false;    // a sender that tells neither id nor attempt nor sequence
};

constexpr Letter alphabet[] = {
    {"running", JobStatus::Running, 1, 1},    {"progress", JobStatus::Unknown, 1, 2},    {"done", JobStatus::Done, 1, 3},
    {"failed", JobStatus::Failed, 1, 3},      {"cancelled", JobStatus::Cancelled, 1, 3}, {"second run", JobStatus::Running, 2, 1},
    {"bare", JobStatus::Running, 0, 0, true},
};
constexpr int bare = 6;
constexpr qsizetype letters = std::size(alphabet);

QByteArray bodyOf(const Letter& letter, JobType type, const JobId& id)
{
    QByteArray body = R"({"event_id":"NAME","attempt":ATTEMPT,"sequence":SEQUENCE,WHAT})";
    if (letter.isBare)
        body = "{WHAT}";
    QByteArray what = R"("progress_pct":50)";
    if (letter.status != JobStatus::Unknown)
        what = R"("status":"STATUS")"_ba.replace("STATUS", jobs::statusName(letter.status).toUtf8());
    if (letter.status == JobStatus::Done)
        what += R"(,"output_data":)" + test_support::sampleOutput(type, id);
    return body.replace("NAME", letter.name)
        .replace("ATTEMPT", QByteArray::number(letter.attempt))
        .replace("SEQUENCE", QByteArray::number(letter.sequence))
        .replace("WHAT", what);
}

/// The rules of the design, said once more and as plainly as can be.
class Model {
public:
    Outcome take(const Letter& letter)
    {
        if (!letter.isBare && m_known.contains(QLatin1String(letter.name)))
            return Outcome::Duplicate;
        if (jobs::isTerminal(status)) {
            if (status == JobStatus::Cancelled && letter.status == JobStatus::Cancelled && !isAcknowledged) {
                isAcknowledged = true;
                return apply(letter);
            }
            return Outcome::IgnoredTerminal;
        }
        const int attempt = letter.isBare ? m_attempt : letter.attempt;    // then it is of the one that runs
        if (attempt < m_attempt)
            return Outcome::Stale;
        const bool isEnd = letter.status != JobStatus::Unknown && jobs::isTerminal(letter.status);
        if (!letter.isBare && !isEnd && letter.sequence <= m_lastSequence.value(attempt, 0))
            return Outcome::Stale;
        m_attempt = attempt;
        if (letter.status != JobStatus::Unknown)
            status = letter.status;
        return apply(letter);
    }

    JobStatus status = JobStatus::Pending;
    bool isAcknowledged = false;
    int events = 1;    // "created"

private:
    Outcome apply(const Letter& letter)
    {
        m_known.insert(QLatin1String(letter.name));
        m_lastSequence[letter.attempt] = std::max(m_lastSequence.value(letter.attempt, 0), letter.sequence);
        ++events;
        return Outcome::Applied;
    }
    int m_attempt = 0;
    QSet<QString> m_known;
    QHash<int, qint64> m_lastSequence;
};

/// Every word of up to `longest` letters, repeats and all.
QList<QList<int>> wordsUpTo(int longest)
{
    QList<QList<int>> all{{}};
    qsizetype first = 0;
    for (int length = 1; length <= longest; ++length) {
        const qsizetype end = all.size();
        for (; first < end; ++first) {
            for (int letter = 0; letter < letters; ++letter)
                all.append(all.at(first) + QList<int>{letter});
        }
    }
    all.removeFirst();
    return all;
}

QString nameOf(const QList<int>& word)
{
    QStringList names;
    for (const int letter : word)
        names << QLatin1String(alphabet[letter].name);
    return names.join(u", "_s);
}

constexpr int longest = 5;
constexpr qsizetype jobsInOneTransaction = 200;

}

class TestEventOrders : public QObject {
    Q_OBJECT

private:
    /// One job for each word, all their events in one transaction; then the rows against the model.
    void play(StoreFixture& store, JobType type, std::span<const QList<int>> words)
    {
        QList<SubmitRequest> requests;
        for (size_t i = 0; i < words.size(); ++i)
            requests.append({type, test_support::sampleInput(type), {}, {}, {}, true});
        const auto answers = store.service().submitMany(store.caller, requests);
        QVERIFY(answers);
        QList<IncomingDelivery> deliveries;
        for (size_t i = 0; i < words.size(); ++i) {
            const JobId& id = answers->at(qsizetype(i)).jobId;
            if (words[i].contains(2))    // only a done report names outputs
                test_support::writeOutputFiles(store.storage(), type, id);
            for (const int letter : words[i])
                deliveries << test_support::trustedReport(id, bodyOf(alphabet[letter], type, id));
        }
        const auto outcomes = store.service().recordWebhookEvents(deliveries, Mode::Apply);
        QVERIFY(outcomes);
        qsizetype next = 0;
        for (size_t i = 0; i < words.size(); ++i)
            compare(store, type, words[i], answers->at(qsizetype(i)).jobId, std::span(outcomes->constBegin() + next, words[i].size())),
                next += words[i].size();
    }

    void compare(StoreFixture& store, JobType type, const QList<int>& word, const JobId& id, std::span<const WebhookOutcome> outcomes)
    {
        Model model;
        QStringList expected;
        QStringList found;
        for (qsizetype i = 0; i < word.size(); ++i) {
            expected << webhooks::outcomeName(model.take(alphabet[word.at(i)]));
            found << webhooks::outcomeName(outcomes[size_t(i)].outcome);
        }
        const QByteArray where = nameOf(word).toUtf8();
        QVERIFY2(found == expected, (where + ": " + found.join(u' ').toUtf8() + ", not " + expected.join(u' ').toUtf8()).constData());
        const jobs::Job job = store.job(id);
        const bool isDone = model.status == JobStatus::Done;
        QVERIFY2(job.status == model.status, where.constData());
        QVERIFY2(job.outputData.has_value() == isDone, where.constData());
        QVERIFY2(job.finishedAt.has_value() == jobs::isTerminal(model.status), where.constData());
        QVERIFY2(job.cancel.acknowledgedAt.has_value() == model.isAcknowledged, where.constData());
        const auto events = store.jobs().events(id).value();
        QVERIFY2(events.size() == model.events, where.constData());
        for (qsizetype i = 0; i < events.size(); ++i)
            QVERIFY2(events.at(i).sequence == i + 1, where.constData());
        static const QHash<JobType, qsizetype> madeByType{
            {JobType::MediaProbe, 0}, {JobType::TranscriptionGenerate, 3}, {JobType::FrameExtract, 2}};
        const auto made = files::FileRepository(store.database()).artifactsOf(id)->size();
        QVERIFY2(made == (isDone ? madeByType.value(type, 1) : 0), where.constData());
        const auto notes = notifications::NotificationRepository(store.database()).ofJob(id)->size();
        QVERIFY2(notes == (jobs::isTerminal(model.status) ? 1 : 0), where.constData());
    }

private slots:
    void everyOrderOfUpToFiveEvents_data()
    {
        QTest::addColumn<jobs::JobType>("type");
        QTest::addColumn<int>("depth");
        const bool isLong = qEnvironmentVariableIsSet("SIGNALBOX_LONG_TESTS");
        for (const JobType type : jobs::allJobTypes())    // the rules are one for all types: the depth of each is needed once
            QTest::addRow("%s", qPrintable(jobs::jobTypeRoute(type))) << type << (isLong || type == JobType::MediaProbe ? longest : 3);
    }
    void everyOrderOfUpToFiveEvents()
    {
        QFETCH(jobs::JobType, type);
        QFETCH(int, depth);
        StoreFixture store;
        if (!test_support::onPostgres())
            store.exec("PRAGMA synchronous=OFF");
        auto words = wordsUpTo(depth);
        // The bare one is a seventh letter: with it the words of five alone would double the work.
        if (!qEnvironmentVariableIsSet("SIGNALBOX_LONG_TESTS"))
            words.removeIf([](const auto& word) { return word.size() == longest && word.contains(bare); });
        for (qsizetype first = 0; first < words.size(); first += jobsInOneTransaction) {
            play(store, type, std::span(words).subspan(size_t(first), size_t(std::min(jobsInOneTransaction, words.size() - first))));
            if (QTest::currentTestFailed())
                return;
        }
    }
};

QTEST_APPLESS_MAIN(TestEventOrders)
#include "tst_event_orders.moc"
