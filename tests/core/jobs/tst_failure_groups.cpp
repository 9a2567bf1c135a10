// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/failure_groups.h"
#include "core/jobs/filter_match.h"

#include <QTest>

using namespace core::jobs;
using namespace Qt::StringLiterals;
using core::JobId;
using core::Time;

namespace {

Time at(qint64 seconds)
{
    return core::base::fromMicros(seconds * 1'000'000);
}

FailedJob failed(const QString& id, const QString& message, qint64 seconds, const QString& user = u"u-1"_s)
{
    return {JobId{id}, u"CAPTIONS_GENERATE"_s, u"ffmpeg_failed"_s, message, user, at(seconds)};
}

}

class FailureGroupsTest : public QObject {
    Q_OBJECT

private slots:
    void whatDiffersIsTakenOut_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("pattern");
        QTest::newRow("nothing") << u""_s << u""_s;
        QTest::newRow("no differences") << u"No space left on device"_s << u"No space left on device"_s;
        QTest::newRow("numbers") << u"Worker lost, attempt 3 of 12"_s << u"Worker lost, attempt # of #"_s;
        QTest::newRow("fractions, times, thousands") << u"after 3.5 s at 12:01:07, 1,000 left"_s << u"after # s at #, # left"_s;
        QTest::newRow("number with its unit") << u"took 41s"_s << u"took #s"_s;
        QTest::newRow("digits of a name stay") << u"libx264 failed"_s << u"libx264 failed"_s;
        QTest::newRow("host with a number") << u"Font not found on media-03"_s << u"Font not found on media-#"_s;
        QTest::newRow("uuid") << u"Job 0192f3a1-7c44-7be2-9a10-5d2f0c81e6b7 is gone"_s << u"Job \u2026 is gone"_s;
        QTest::newRow("hash") << u"hash 9f86d081884c7d65 differs"_s << u"hash \u2026 differs"_s;
        QTest::newRow("a word of hex letters stays") << u"the decade facade"_s << u"the decade facade"_s;
        QTest::newRow("address in memory") << u"[mov @ 0x55d0c8a] moov atom not found"_s << u"[mov @ \u2026] moov atom not found"_s;
        QTest::newRow("absolute path") << u"/var/media/a b.mp4: No such file"_s << u"\u2026 \u2026: No such file"_s;
        QTest::newRow("storage key") << u"Input inputs/9f86/clip.mp4 is not readable"_s << u"Input \u2026 is not readable"_s;
        QTest::newRow("key of one folder") << u"inputs/clip.mp4 is missing"_s << u"\u2026 is missing"_s;
        QTest::newRow("file name") << u"Cannot open take-2.wav"_s << u"Cannot open \u2026"_s;
        QTest::newRow("and/or stays") << u"codec and/or container"_s << u"codec and/or container"_s;
        QTest::newRow("single quotes") << u"Model 'en-us' was not found"_s << u"Model \u2026 was not found"_s;
        QTest::newRow("double quotes") << u"Unknown encoder \"av1 fast\""_s << u"Unknown encoder \u2026"_s;
        QTest::newRow("typographic quotes") << u"Preset \u201cBig 7\u201d was deleted"_s << u"Preset \u2026 was deleted"_s;
        QTest::newRow("apostrophes are no quotes") << u"can't read the worker's file"_s << u"can't read the worker's file"_s;
        QTest::newRow("url") << u"GET https://r.example/a?b=1 gave 502"_s << u"GET \u2026 gave #"_s;
        QTest::newRow("lines and blanks") << u"  first\n\tsecond  third "_s << u"first second third"_s;
    }
    void whatDiffersIsTakenOut()
    {
        QFETCH(QString, message);
        QTEST(normaliseError(message), "pattern");
    }

    void aPatternIsBounded()
    {
        QVERIFY(normaliseError(QString(100'000, u'x')).size() <= 300);
        QVERIFY(normaliseError(QString(100'000, u'\'')).size() <= 300);
        QVERIFY(normaliseError(QString(100'000, u'/')).size() <= 300);
    }

    void jobsWithTheSameErrorAreOneGroup()
    {
        const Window window{at(100), at(200), 4};
        const QList<FailedJob> jobs{failed(u"e"_s, u"exit 3"_s, 190, u"u-2"_s), failed(u"d"_s, u"exit 1"_s, 180),
                                    failed(u"c"_s, u"disk full"_s, 120), failed(u"b"_s, u"exit 1"_s, 110, u""_s),
                                    failed(u"a"_s, u"exit 9"_s, 50)};
        const auto groups = groupFailures(jobs, window);
        QCOMPARE(groups.size(), 2);
        const FailureGroup& first = groups.constFirst();
        QCOMPARE(first.pattern, u"exit #"_s);
        QCOMPARE(first.count, 3);    // the one before the window is seen, not counted
        QCOMPARE(first.owners, 2);
        QCOMPARE(first.firstSeen, at(50));
        QCOMPARE(first.lastSeen, at(190));
        QCOMPARE(first.newest, JobId{u"e"_s});
        QCOMPARE(first.example, u"exit 3"_s);
        QVERIFY(!first.isVerbatim);
        QCOMPARE(first.buckets, (QList<int>{1, 0, 0, 2}));
        QCOMPARE(first.type, JobType::CaptionsGenerate);
        QVERIFY(groups.at(1).isVerbatim);
        QCOMPARE(groups.at(1).buckets, (QList<int>{1, 0, 0, 0}));
    }

    void typeAndCodePartGroups()
    {
        FailedJob other = failed(u"b"_s, u"exit 1"_s, 150);
        other.typeText = u"FUTURE_TYPE"_s;
        FailedJob coded = failed(u"c"_s, u"exit 1"_s, 160);
        coded.code = u"worker_lost"_s;
        const auto groups = groupFailures({coded, other, failed(u"a"_s, u"exit 1"_s, 140)}, {at(100), at(200), 4});
        QCOMPARE(groups.size(), 3);
        QCOMPARE(groups.at(1).type, JobType::Unknown);
        QCOMPARE(groups.at(1).typeText, u"FUTURE_TYPE"_s);
    }

    void aGroupOnlySeenBeforeTheWindowIsNone() { QVERIFY(groupFailures({failed(u"a"_s, u"x"_s, 50)}, {at(100), at(200), 4}).isEmpty()); }

    void theFilterTakesTheJobsOfItsGroup_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("code");
        QTest::newRow("plain") << u"No space left on device"_s << u"disk_full"_s;
        QTest::newRow("quotes and backslash") << u"Cannot open \"C:\\x\" (\\ is odd) \"y\" now"_s << u""_s;
        QTest::newRow("many pieces") << u"one alpha 1 beta 2 gamma 3 delta 4 epsilon 5 zeta"_s << u"x"_s;
        QTest::newRow("only a number") << u"12345"_s << u"exit"_s;
        QTest::newRow("two blanks") << u"first  second 7\nthird"_s << u""_s;
        QTest::newRow("no cause") << u""_s << u""_s;
        QTest::newRow("words of the grammar") << u"status:done OR (x) !y type:probe"_s << u"a:b"_s;
        QTest::newRow("letters of others") << u"ÄÖÜ Datei fehlt *"_s << u""_s;
    }
    void theFilterTakesTheJobsOfItsGroup()
    {
        QFETCH(QString, message);
        QFETCH(QString, code);
        FailedJob one = failed(u"a"_s, message, 150);
        one.code = code;
        const auto groups = groupFailures({one}, {at(100), at(200), 4});
        QCOMPARE(groups.size(), 1);
        const auto filter = readFilter(groups.constFirst().filter, at(200));
        QVERIFY2(filter, qPrintable(groups.constFirst().filter + (filter ? QString() : filter.error().message)));

        Job job;
        job.id = one.id;
        job.typeText = one.typeText;
        job.type = JobType::CaptionsGenerate;
        job.status = JobStatus::Failed;
        job.statusText = u"FAILED"_s;
        job.errorMessage = one.message;
        job.errorCode = one.code;
        QVERIFY2(matches(*filter, job), qPrintable(groups.constFirst().filter));
        job.errorMessage = u"something else"_s;
        job.errorCode = u"other"_s;
        QVERIFY(!matches(*filter, job));
    }
};

QTEST_GUILESS_MAIN(FailureGroupsTest)
#include "tst_failure_groups.moc"
