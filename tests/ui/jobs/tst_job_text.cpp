// SPDX-License-Identifier: Apache-2.0
#include "tests/support/job_rows.h"
#include "ui/jobs/job_text.h"
#include "ui/jobs/jobs_span.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using core::jobs::JobSummary;
using test_support::JobRows;
using ui::JobColumn;
using ui::JobFormat;

class TestJobText : public QObject {
    Q_OBJECT

private slots:
    void jsonReadsBack()
    {
        auto job = JobRows::done(1s);
        job.message = u"\"quoted\"\n\u202e\\"_s;
        const auto one = QJsonDocument::fromJson(ui::jobsAsText({job}, JobFormat::Json).toUtf8()).object();
        QCOMPARE(one.value(u"id"_s).toString(), job.id.toString());
        QCOMPARE(one.value(u"current_message"_s).toString(), job.message);
        QCOMPARE(one.value(u"created_at"_s).toString(), core::base::toIsoText(job.createdAt));
        QVERIFY(one.value(u"error_message"_s).isNull());
        QCOMPARE(one.value(u"progress_pct"_s).toInt(), 100);
        QCOMPARE(QJsonDocument::fromJson(ui::jobsAsText({job, job}, JobFormat::Json).toUtf8()).array().size(), 2);
        QCOMPARE(ui::jobsAsText({job, job}, JobFormat::Ndjson).split(u'\n').size(), 2);
    }

    void csvQuotesWhatWouldBreakIt()
    {
        JobSummary job;
        job.id = core::JobId{u"a"_s};
        job.message = u"one, \"two\"\nthree"_s;
        const QByteArray line = ui::csvLine(job);
        QVERIFY(line.contains(",\"one, \"\"two\"\"\nthree\","));
        QCOMPARE(ui::csvHeader().count(','), ui::csvLine({}).count(','));
    }

    void markdownStaysATable()
    {
        auto job = JobRows::done(1s);
        job.message = u"a|b\n<script>"_s;
        const QString table = ui::jobsAsText({job}, JobFormat::Markdown);
        QCOMPARE(table.count(u'\n'), 2);
        QVERIFY(table.contains(u"a\\|b"_s));
        QVERIFY(table.contains(u"\\<script\\>"_s));
    }

    void commandsAreSafeToPaste_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("command");
        QTest::newRow("ours") << u"0192f3a1-7c44"_s << u"signalboxctl show 0192f3a1-7c44"_s;
        QTest::newRow("a shell's") << u"x; rm -rf '/'"_s << u"signalboxctl show 'x; rm -rf '\\''/'\\'''"_s;
    }

    void commandsAreSafeToPaste()
    {
        QFETCH(const QString, id);
        JobSummary job;
        job.id = core::JobId{id};
        QTEST(ui::jobsAsText({job}, JobFormat::Command), "command");
    }

    void aCellBecomesATermThatTakesItsJob_data()
    {
        QTest::addColumn<QString>("owner");
        QTest::newRow("plain") << u"u-12"_s;
        QTest::newRow("blank") << u"u 12"_s;
        QTest::newRow("quote") << u"say \"hi\" \\ (x) OR y"_s;
        QTest::newRow("star") << u"a*b"_s;
    }

    void aCellBecomesATermThatTakesItsJob()
    {
        QFETCH(const QString, owner);
        auto job = JobRows::done(1s);
        job.userId = owner;
        job.errorMessage = u"exit \"1\""_s;
        for (const JobColumn column : ui::allJobColumns()) {
            for (const bool negated : {false, true}) {
                const QString text = ui::filterTermOf(job, column, negated);
                if (text.isEmpty())
                    continue;
                const auto read = core::jobs::parseFilter(text, core::base::systemNow());
                QVERIFY2(read, qPrintable(text));
                const auto* term = std::get_if<core::jobs::FilterTerm>(&read->node);
                QVERIFY2(term, qPrintable(text));
                QCOMPARE(term->isNegated, negated);
                if (column == JobColumn::Owner)
                    QCOMPARE(std::get<core::jobs::FilterText>(term->values.constFirst()).text, owner);
            }
        }
        QCOMPARE(ui::filterTermOf(job, JobColumn::Status, false), u"status:done"_s);
        QCOMPARE(ui::filterTermOf(job, JobColumn::Type, true), u"!type:media-probe"_s);
    }

    void theEndOfTheListSaysWhatTheLimitWas_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("newestFirst");
        QTest::addColumn<QString>("line");
        QTest::newRow("since") << u"status:failed since:24h"_s << true << u"No older job in the last 24 h matches."_s;
        QTest::newRow("a filter") << u"status:failed"_s << true << u"No older job matches."_s;
        QTest::newRow("none") << QString() << true << u"There is no older job."_s;
        QTest::newRow("turned") << QString() << false << u"There is no newer job."_s;
        QTest::newRow("not since") << u"!since:24h"_s << true << u"No older job matches."_s;
    }

    void theEndOfTheListSaysWhatTheLimitWas()
    {
        QFETCH(const QString, filter);
        QFETCH(const bool, newestFirst);
        const auto now = core::base::systemNow();
        QTEST(ui::endLineOf(core::jobs::parseFilter(filter, now).value(), newestFirst, now, {}), "line");
    }
};

QTEST_MAIN(TestJobText)
#include "tst_job_text.moc"
