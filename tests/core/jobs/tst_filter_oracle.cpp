// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "core/jobs/filter_match.h"
#include "core/jobs/list_repository.h"
#include "tests/core/jobs/stored_jobs_repository.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace core::jobs;
using namespace Qt::StringLiterals;
using core::JobId;
using core::Time;

namespace {

constexpr qint64 nowMicros = 1'795'348'800'000'000;    // 2026-11-22T12:00:00Z

Time now()
{
    return core::base::fromMicros(nowMicros);
}

class Dice {
public:
    explicit Dice(quint32 seed) : m_random(seed) {}
    int below(int end) { return static_cast<int>(m_random() % static_cast<quint32>(end)); }
    bool oneIn(int n) { return below(n) == 0; }
    template <class T>
    T of(const QList<T>& list)
    {
        return list.at(below(static_cast<int>(list.size())));
    }

private:
    std::mt19937 m_random;
};

// clang-format off
// What LIKE, GLOB, quoting and case could trip over, in jobs and in filters alike.
const QList<QString> oddTexts{u""_s, u"exit 1"_s, u"Exit 1"_s, u"100%"_s, u"100x"_s, u"a_b"_s, u"aXb"_s, u"back\\slash"_s, u"quo\"te"_s, u"it's"_s,
                              u"É"_s, u"é"_s, u"ÀB"_s, u"àb"_s, u"ſS"_s, u"K"_s, u"k"_s, u"star*"_s, u"starry"_s, u"[a-z]?"_s, u"😀 b"_s, u"a,b (c)"_s, u"-30"_s,
                              u"-30.0"_s, u"null"_s, u"true"_s, u"x\ny"_s, u"İ"_s, u"\U0010ffff"_s, u"%"_s, u"_"_s, u":f0"_s, u"'; DROP TABLE jobs; --"_s};

const QList<QString> statusLike{u"failed"_s, u"done,failed"_s, u"unknown"_s, u"active"_s, u"run,unknown"_s, u"*"_s};

const QList<QByteArray> oddPayloads{
    "{}", "", "not json", "{\"a\":1", "{\"a\":1}x", "[1,2,{\"a\":3}]", "null", "17", "\"a\"", "{\"a\":\"exit 1\"}", "{\"a\":\"EXIT 1\"}", "{\"a\":-30}",
    "{\"a\":-30.0}", "{\"a\":\"-30\"}", "{\"a\":-3e1}", "{\"a\":1.10}", "{\"a\":12345678901234567890}", "{\"a\":1e400}", "{\"a\":true}", "{\"a\":null}",
    "{\"a\":false,\"a\":\"exit 1\"}", "{\"a\":{\"b\":1},\"a\":{\"b\":2,\"c\":3}}", "{\"a\":{\"c\":3}}", "{\"a\":[5,[6,7]]}", "{\"a\":[{\"b\":\"100%\"}]}", "{\"A\":1}",
    "{\"a\":\"\xff\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\u00e9\"}", "{\"a\":\"\xc3\xa9\"}", "{\"a\":\"\\ud83d\\ude00 b\"}", "\xef\xbb\xbf{\"a\":1}", " {\"a\" : 1 } ",
    "{\"a\":01}", "{\"a\":1.}", "{\"a\":NaN}", "{\"a\":\"x\ty\"}", "{\"a\":\"x\\ny\"}", "{\"a\":\"\\x\"}", "{a:1}", "{\"a\":1,}", "{\"a\":[1,]}", "{\"a\":-0}",
    "{\"\xc3\xa9\":\"a_b\"}", "{\"a\":\"back\\\\slash\"}", "{\"a\":\"star*\"}", "{\"a.b\":1}", "{\"b\":{\"a\":\"a_b\"}}", "{\"a\":\"quo\\\"te\"}", "{\"a\":tru}",
};
// clang-format on

QString maybe(Dice& dice)
{
    return dice.oneIn(3) ? QString() : dice.of(oddTexts);
}

/// Whatever text an SQLite store may hold as an id; a server holds uuids.
JobId randomId(Dice& dice, int number)
{
    if (test_support::onPostgres()) {
        const QString count = QString::number(number, 16).rightJustified(12, u'0');
        return JobId{dice.of(QList<QString>{u"018f0000-1111-7222"_s, u"018fa000-1111-7222"_s, u"b1a20000-3333-4444"_s}) + u"-8555-"_s +
                     count};
    }
    return JobId{dice.of(QList<QString>{u"018f"_s, u"018F"_s, u"018g"_s, u"b%_"_s, u"\ud7ff"_s, u"\U0010ffff"_s}) + u"-%1"_s.arg(number)};
}

Job randomJob(Dice& dice, int number)
{
    Job job;
    job.id = randomId(dice, number);
    job.typeText = dice.of(QList<QString>{u"MEDIA_PROBE"_s, u"CAPTIONS_GENERATE"_s, u"SILENCE_APPLY"_s, u"SILENCE_DETECT"_s,
                                          u"media_probe"_s, u"VIDEO_DREAM"_s, u""_s});
    job.type = parseJobType(job.typeText);
    job.statusText = dice.of(QList<QString>{u"PENDING"_s, u"RUNNING"_s, u"DONE"_s, u"FAILED"_s, u"CANCELLED"_s, u"failed"_s, u"PAUSED"_s});
    job.status = parseStatus(job.statusText);
    job.message = maybe(dice);
    job.errorMessage = maybe(dice);
    job.errorCode = maybe(dice);
    job.userId = maybe(dice);
    job.projectId = maybe(dice);
    job.attempt = dice.below(4);
    if (dice.oneIn(2))
        job.retriedFrom = test_support::onPostgres() ? randomId(dice, dice.below(9))
                                                     : JobId{dice.of(QList<QString>{u"018f-1"_s, u"018F-1"_s, u"b%_-7"_s, u""_s})};
    job.createdAt = core::base::fromMicros(nowMicros - dice.below(5) * 3'600'000'000LL);
    if (dice.oneIn(2))
        job.startedAt = job.createdAt + std::chrono::seconds{dice.below(3)};
    if (dice.oneIn(2))
        job.finishedAt = job.createdAt + std::chrono::seconds{dice.below(60)};
    job.updatedAt = job.createdAt + std::chrono::seconds{dice.below(60)};
    endIfOver(job);
    if (dice.oneIn(3))
        job.cancel.requestedAt = job.createdAt;
    job.inputData = dice.of(oddPayloads);
    if (dice.oneIn(2))
        job.outputData = dice.of(oddPayloads);
    return job;
}

QString quoted(QString text)
{
    return u'"' + text.replace(u"\\"_s, u"\\\\"_s).replace(u"\""_s, u"\\\""_s) + u'"';
}

QString searchText(Dice& dice)
{
    if (dice.oneIn(3))
        return dice.of(
            QList<QString>{u"*"_s, u"*1"_s, u"e*t*1"_s, u"100*"_s, u"*%"_s, u"a_*"_s, u"*\\*"_s, u"*é"_s, u"K*"_s, u"**b"_s, u"e*e*e*e"_s});
    QString text = dice.of(oddTexts);
    if (text.size() > 2 && dice.oneIn(3) && text.mid(1, 2).isValidUtf16())
        text = text.mid(1, 2);
    return quoted(text.isEmpty() ? u"1"_s : text);
}

QString randomTerm(Dice& dice)
{
    const auto path = [&] {
        return dice.of(QList<QString>{u"a"_s, u"a"_s, u"a[0]"_s, u"a[1][0]"_s, u"a[0].b"_s, u"a.b"_s, u"a.c"_s, u"b.a"_s, u"é"_s, u"A"_s});
    };
    const auto payload = [&] {
        return dice.oneIn(2) ? searchText(dice)
                             : dice.of(QList<QString>{u"-30"_s, u"1.1"_s, u">0"_s, u"<=-30"_s, u">=1e18"_s, u"12345678901234567890"_s,
                                                      u"null"_s, u"true"_s, u"0"_s, u"\"\""_s, u"5,7,3"_s});
    };
    switch (dice.below(16)) {
    case 0: return u"status:"_s + dice.of(statusLike);
    case 1: return u"type:"_s + dice.of(QList<QString>{u"captions"_s, u"probe,unknown"_s, u"silence*"_s, u"unknown"_s});
    case 2: return u"owner:"_s + (dice.oneIn(4) ? u"\"\""_s : searchText(dice));
    case 3: return u"project:"_s + searchText(dice) + u',' + searchText(dice);
    case 4:
        return u"id:"_s + dice.of(QList<QString>{u"018f"_s, u"018F-1"_s, u"b%_"_s, u"*1"_s, u"\ud7ff"_s, u"\U0010ffff"_s, u"018*-3*"_s});
    case 5: return u"retried-from:"_s + dice.of(QList<QString>{u"018f"_s, u"b"_s, u"*F*"_s, u"*"_s});
    case 6: return u"since:"_s + dice.of(QList<QString>{u"2h"_s, u"0s"_s, u"90m"_s, u"2026-11-22"_s});
    case 7: return u"before:"_s + dice.of(QList<QString>{u"2h"_s, u"0s"_s, u"3h"_s});
    case 8: return u"attempt:"_s + dice.of(QList<QString>{u"1"_s, u">1"_s, u">=2,0"_s, u"<1"_s, u"<=2"_s});
    case 9: return u"took:"_s + dice.of(QList<QString>{u">30s"_s, u"<0s"_s, u"<=1m"_s, u">=57s"_s});
    case 10: return u"error:"_s + searchText(dice);
    case 11: return u"message:"_s + searchText(dice);
    case 12: return u"has:"_s + dice.of(QList<QString>{u"error"_s, u"output"_s, u"cancel"_s, u"error,cancel"_s});
    case 13: return u"input."_s + path() + u':' + payload();
    case 14: return u"output."_s + path() + u':' + payload();
    default: return dice.oneIn(2) ? searchText(dice) : dice.of(QList<QString>{u"captions-gen"_s, u"MEDIA_"_s, u"018f"_s, u"-1"_s});
    }
}

QString randomFilter(Dice& dice, int depth)
{
    QString text;
    for (int parts = 1 + dice.below(3); parts > 0; --parts) {
        if (!text.isEmpty())
            text += dice.oneIn(2) ? u" OR "_s : u" "_s;
        if (dice.oneIn(3))
            text += u'!';
        text += depth > 0 && dice.oneIn(3) ? u'(' + randomFilter(dice, depth - 1) + u')' : randomTerm(dice);
    }
    return text;
}

}

class FilterOracleTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_store = freshStore(m_place);
        QVERIFY(m_store);
        Dice dice(20261122);
        auto transaction = core::database::Transaction::begin(*m_store);
        QVERIFY(transaction);
        for (int i = 0; i < 600; ++i)
            put(randomJob(dice, i));
        // Every payload for sure, as input and as output.
        int number = 600;
        for (const QByteArray& payload : oddPayloads) {
            Job job = randomJob(dice, number++);
            job.inputData = payload;
            job.outputData = payload;
            put(job);
        }
        QVERIFY(transaction->commit());
        QVERIFY(m_jobs.size() > (test_support::onPostgres() ? 250 : 600));
    }

    void sqlAndMatcherAgree_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 20; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void sqlAndMatcherAgree()
    {
        QFETCH(quint32, seed);
        Dice dice(seed);
        int selective = 0;
        for (int round = 0; round < 30; ++round) {
            const QString text = randomFilter(dice, 3);
            const auto filter = readFilter(text, now());
            QVERIFY2(filter, qPrintable(text + u": "_s + (filter ? QString() : filter.error().message)));
            const auto again = readFilter(toText(*filter), Time{});
            QVERIFY2(again && *again == *filter, qPrintable(text));
            const int taken = compare(*filter, text);
            if (QTest::currentTestFailed())
                return;
            selective += taken > 0 && taken < m_jobs.size() ? 1 : 0;
        }
        QVERIFY2(selective > 10, "the filters say too little");
    }

    /// Each key alone on each of its odd values: a failure names the culprit.
    void singleTermsAgree()
    {
        Dice dice(7);
        for (int round = 0; round < 800; ++round) {
            const QString text = randomTerm(dice);
            const auto filter = readFilter(text, now());
            QVERIFY2(filter, qPrintable(text));
            compare(*filter, text);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void thePageTakesTheSameRows()
    {
        const JobListRepository list(*m_store);
        Dice dice(99);
        for (int round = 0; round < 60; ++round) {
            const QString text = u"status:%1 (%2)"_s.arg(dice.of(statusLike), randomFilter(dice, 2));
            const auto filter = readFilter(text, now());
            QVERIFY(filter);
            const auto page = list.page(*filter, {.limit = maxPageRows});
            QVERIFY2(page, page ? "" : qPrintable(page.error().message));
            QStringList found;
            for (const JobSummary& row : page->rows)
                found += row.id.text;
            found.sort();
            QVERIFY2(found == matched(*filter), qPrintable(text));
        }
    }

private:
    /// Where a server's JSON reads otherwise than SQLite's (see the help on the filter): of two members of one name it takes the last, a
    /// number beyond every double and half a surrogate pair it cannot look at.
    static bool readsOtherwise(const QByteArray& payload)
    {
        return payload.count("\"a\":") > 1 || payload.contains("1e400") || payload.contains("\\ud800");
    }

    /// A server takes only documents that are JSON, in UTF-8: the others do not come into its store, and not into the matcher's.
    void put(const Job& job)
    {
        if (test_support::onPostgres() && (readsOtherwise(job.inputData) || readsOtherwise(job.outputData.value_or("{}"))))
            return;
        auto savepoint = core::database::Savepoint::begin(*m_store);
        QVERIFY(savepoint);
        const auto stored = storeRow(*m_store, job);
        if (stored) {
            QVERIFY(savepoint->release());
            m_jobs.append(job);
            return;
        }
        QVERIFY2(test_support::onPostgres(), qPrintable(stored.error().detail));
        QVERIFY2(stored.error().code == u"value_invalid"_s || stored.error().code == u"text_invalid"_s, qPrintable(stored.error().detail));
    }

    QStringList matched(const Filter& filter) const
    {
        QStringList ids;
        for (const Job& job : m_jobs) {
            if (matches(filter, job))
                ids += job.id.text;
        }
        ids.sort();
        return ids;
    }

    int compare(const Filter& filter, const QString& text)
    {
        const auto found = JobListRepository(*m_store).ids(filter, 100'000);
        if (!found) {
            QTest::qFail(qPrintable(text + u": "_s + found.error().message), __FILE__, __LINE__);
            return 0;
        }
        QStringList ids;
        for (const JobId& id : found->ids)
            ids += id.text;
        ids.sort();
        const QStringList expected = matched(filter);
        if (ids != expected) {
            for (const Job& job : m_jobs) {
                if (ids.contains(job.id.text) != expected.contains(job.id.text))
                    qInfo() << (ids.contains(job.id.text) ? "only SQL takes" : "only the matcher takes") << job.id.text << job.statusText
                            << job.inputData << job.outputData.value_or("-") << job.message << job.errorMessage << job.errorCode
                            << job.userId << job.projectId;
            }
            QTest::qFail(qPrintable(text), __FILE__, __LINE__);
        }
        return static_cast<int>(expected.size());
    }

    QTemporaryDir m_folder;
    test_support::TestStore m_place{m_folder.path()};
    std::unique_ptr<core::database::Database> m_store;
    QList<Job> m_jobs;
};

QTEST_APPLESS_MAIN(FilterOracleTest)
#include "tst_filter_oracle.moc"
