// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl_process.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using test::CtlProcess;
using test::Run;

/// `signalboxctl case`: out of one store, looked at, and into another.
class TestCtlCase : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_ctl = std::make_unique<CtlProcess>();
        m_home = std::make_unique<CtlProcess>();
        const Run made = m_ctl->run({u"submit"_s, u"silence-detect"_s, m_ctl->makeSound(u"talk.wav"_s), u"--wait"_s, u"--json"_s});
        QVERIFY2(made.exitCode == 0, made.err.constData());
        m_job = m_ctl->run({u"jobs"_s, u"--json"_s}).array().first().toObject()[u"id"].toString();
        QVERIFY(!m_job.isEmpty());
        m_case = m_ctl->path(u"talk.sbcase"_s);
    }
    void cleanup()
    {
        m_ctl.reset();
        m_home.reset();
    }

    void aJobGoesOutIsLookedAtComesHomeAndRunsAgain()
    {
        const Run made = m_ctl->run({u"case"_s, u"export"_s, m_job, m_case, u"--json"_s});
        EXITS(made, 0);
        QCOMPARE(made.object()[u"job_id"].toString(), m_job);
        QCOMPARE(made.object()[u"files"].toArray().size(), 2);
        QVERIFY(made.object()[u"rerun"].toObject()[u"is_possible"].toBool());
        const QString moved = m_home->path(u"brought.sbcase"_s);
        QVERIFY(QFile::rename(m_case, moved));
        m_ctl.reset();    // the first machine is gone

        const Run seen = m_home->run({u"case"_s, u"show"_s, moved});
        EXITS(seen, 0);
        QVERIFY2(seen.out.contains("runs again  yes"), seen.out.constData());
        QVERIFY(seen.out.contains(m_job.toUtf8()));
        QCOMPARE(QDir(QFileInfo(moved).path()).entryList(QDir::Files), QStringList{u"brought.sbcase"_s});    // no store was made

        QCOMPARE(m_home->run({u"jobs"_s, u"--store"_s, moved, u"--json"_s}).array().size(), 1);
        EXITS(m_home->run({u"events"_s, m_job, u"--store"_s, moved}), 0);
        EXITS(m_home->run({u"artifacts"_s, m_job, u"--save"_s, m_home->path(u"out"_s), u"--store"_s, moved}), 0);
        QVERIFY(QFileInfo::exists(m_home->path(u"out/silence_segments.json"_s)));

        const Run taken = m_home->run({u"case"_s, u"take"_s, moved, u"--reason"_s, u"to look"_s, u"--json"_s});
        EXITS(taken, 0);
        QCOMPARE(taken.object()[u"taken"].toArray().size(), 1);
        const Run again = m_home->run({u"case"_s, u"take"_s, moved, u"--json"_s});
        EXITS(again, 0);
        QCOMPARE(again.object()[u"taken"].toArray().size(), 0);
        QCOMPARE(again.object()[u"already_here"].toArray().size(), 1);
        const QJsonArray journal = m_home->run({u"journal"_s, u"--json"_s}).array();
        QCOMPARE(journal.size(), 1);
        QCOMPARE(journal.first().toObject()[u"action"].toString(), u"take_home"_s);
        QCOMPARE(journal.first().toObject()[u"reason"].toString(), u"to look"_s);
        EXITS(m_home->run({u"resubmit"_s, m_job, u"--wait"_s}), 0);
    }

    void aStoreIsNeverReplacedByACase()
    {
        const QString store = m_ctl->path(u"store.db"_s);
        QVERIFY(QFileInfo::exists(store));
        const Run refused =
            m_ctl->run({u"case"_s, u"export"_s, m_job, store, u"--replace"_s, u"--without-files"_s, u"--store"_s, store, u"--json"_s});
        EXITS(refused, 4);
        QCOMPARE(refused.error()[u"code"].toString(), u"file_exists"_s);
        QCOMPARE(m_ctl->run({u"jobs"_s, u"--json"_s}).array().size(), 1);
        EXITS(m_ctl->run({u"resubmit"_s, m_job}), 0);    // it can be written still
        EXITS(m_ctl->run({u"case"_s, u"export"_s, m_job, m_case}), 0);
        EXITS(m_ctl->run({u"case"_s, u"export"_s, m_job, m_case, u"--replace"_s}), 0);
    }

    void everyActOnACaseIsRefused_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("resubmit") << QStringList{u"resubmit"_s, u"JOB"_s};
        QTest::newRow("cancel") << QStringList{u"cancel"_s, u"JOB"_s};
        QTest::newRow("queue") << QStringList{u"queue"_s, u"pause"_s};
        QTest::newRow("prune") << QStringList{u"prune"_s, u"--older-than"_s, u"1s"_s, u"--yes"_s};
        QTest::newRow("take") << QStringList{u"case"_s, u"take"_s, u"CASE"_s};
    }
    void everyActOnACaseIsRefused()
    {
        QFETCH(QStringList, words);
        EXITS(m_ctl->run({u"case"_s, u"export"_s, m_job, m_case}), 0);
        words.replaceInStrings(u"JOB"_s, m_job);
        words.replaceInStrings(u"CASE"_s, m_case);
        const Run refused = m_ctl->run(words + QStringList{u"--store"_s, m_case, u"--json"_s});
        EXITS(refused, 4);
        QCOMPARE(refused.error()[u"code"].toString(), u"case_file"_s);
    }

    void filesByChoice_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("states");
        QTest::addColumn<QString>("code");
        QTest::newRow("all") << QStringList() << QStringList{u"in"_s, u"in"_s} << QString();
        QTest::newRow("none") << QStringList{u"--without-files"_s} << QStringList{u"by_choice"_s, u"by_choice"_s} << u"input_left_out"_s;
        QTest::newRow("input") << QStringList{u"--with"_s, u"input"_s} << QStringList{u"in"_s, u"by_choice"_s} << QString();
        QTest::newRow("one kind") << QStringList{u"--with"_s, u"silence_segments"_s} << QStringList{u"by_choice"_s, u"in"_s}
                                  << u"input_left_out"_s;
    }
    void filesByChoice()
    {
        QFETCH(QStringList, words);
        QFETCH(QStringList, states);
        QFETCH(QString, code);
        const Run made = m_ctl->run(QStringList{u"case"_s, u"export"_s, m_job, m_case, u"--json"_s} + words);
        EXITS(made, 0);
        QStringList found;
        const QJsonArray files = made.object()[u"files"].toArray();
        for (const auto& file : files)
            found << file.toObject()[u"state"].toString();
        QCOMPARE(found, states);
        QCOMPARE(made.object()[u"rerun"].toObject()[u"code"].toString(), code);
    }

    void whatIsWrongEndsWithItsCode_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("code");
        QTest::newRow("no such verb") << QStringList{u"case"_s, u"open"_s, u"x"_s} << 2 << u"usage"_s;
        QTest::newRow("no file to write") << QStringList{u"case"_s, u"export"_s, u"JOB"_s} << 2 << u"usage"_s;
        QTest::newRow("two choices") << QStringList{u"case"_s,  u"export"_s,         u"JOB"_s, u"a.sbcase"_s, u"--with"_s,
                                                    u"input"_s, u"--without-files"_s}
                                     << 2 << u"usage"_s;
        QTest::newRow("no such job") << QStringList{u"case"_s, u"export"_s, u"zzz"_s, u"a.sbcase"_s} << 3 << u"job_unknown"_s;
        QTest::newRow("no such folder") << QStringList{u"case"_s, u"export"_s, u"JOB"_s, u"typo/a.sbcase"_s} << 3 << u"folder_missing"_s;
        QTest::newRow("name taken") << QStringList{u"case"_s, u"export"_s, u"JOB"_s, u"talk.wav"_s} << 4 << u"file_exists"_s;
        QTest::newRow("show: not there") << QStringList{u"case"_s, u"show"_s, u"a.sbcase"_s} << 3 << u"case_missing"_s;
        QTest::newRow("show: a store") << QStringList{u"case"_s, u"show"_s, u"store.db"_s} << 5 << u"case_foreign"_s;
        QTest::newRow("take: a sound") << QStringList{u"case"_s, u"take"_s, u"talk.wav"_s} << 5 << u"case_foreign"_s;
    }
    void whatIsWrongEndsWithItsCode()
    {
        QFETCH(QStringList, words);
        QFETCH(int, exitCode);
        QFETCH(QString, code);
        words.replaceInStrings(u"JOB"_s, m_job);
        const Run wrong = m_ctl->run(words + QStringList{u"--json"_s});
        EXITS(wrong, exitCode);
        QCOMPARE(wrong.error()[u"code"].toString(), code);
    }

private:
    std::unique_ptr<CtlProcess> m_ctl;
    std::unique_ptr<CtlProcess> m_home;
    QString m_job;
    QString m_case;
};

QTEST_GUILESS_MAIN(TestCtlCase)
#include "tst_ctl_case.moc"
