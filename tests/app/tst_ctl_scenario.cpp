// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl_process.h"
#include "tests/support/secret_shapes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using test::CtlProcess;
using test::Run;

/// `step` and `scenario`, each time as a process of its own.
class TestCtlScenario : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<CtlProcess> m_ctl;

    [[nodiscard]] Run run(const QStringList& words) const { return m_ctl->run(words); }
    /// A probe that was reported on twice by hand.
    [[nodiscard]] QString reportedProbe() const
    {
        const QString id = run({u"submit"_s, u"media-probe"_s, m_ctl->makeSound(u"a.wav"_s), u"--json"_s}).object()[u"id"].toString();
        for (const QByteArray& body : {R"({"status":"RUNNING","progress_pct":10,"sequence":1,"event_id":"a"})"_ba,
                                       R"({"progress_pct":70,"sequence":2,"event_id":"b","token":"canary-99"})"_ba})
            (void)run({u"post"_s, id, m_ctl->write(u"event.json"_s, body)});
        return id;
    }
    [[nodiscard]] static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void init() { m_ctl = std::make_unique<CtlProcess>(); }
    void cleanup() { m_ctl.reset(); }

    void stepPlaysAndChangesNothing()
    {
        const QString id = reportedProbe();
        const Run before = run({u"show"_s, id, u"--json"_s});
        const Run plain = run({u"step"_s, id});
        EXITS(plain, 0);
        QVERIFY(plain.out.contains("RUNNING 70%") && plain.out.contains("applied"));
        const Run faulty = run({u"step"_s, id, u"--fault"_s, u"sent-twice:1"_s, u"--fault"_s, u"truncated"_s, u"--json"_s});
        EXITS(faulty, 0);
        const QJsonArray steps = faulty.object()[u"steps"].toArray();
        QCOMPARE(steps.size(), 3);
        QCOMPARE(steps.at(1)[u"answer"].toString(), u"duplicate"_s);
        QCOMPARE(steps.at(2)[u"http_status"].toInt(), 400);
        const Run whole = run({u"step"_s, id, u"1"_s});
        EXITS(whole, 0);
        QVERIFY(whole.out.contains("Apply status") && whole.out.contains("event: status RUNNING"));
        EXITS(run({u"step"_s, id, u"9"_s}), 5);
        QCOMPARE(run({u"show"_s, id, u"--json"_s}).out, before.out);
        EXITS(run({u"step"_s, id, u"--read-only"_s}), 0);
    }

    void aSavedScenarioRunsWithoutItsStore()
    {
        const QString id = reportedProbe();
        const QString path = m_ctl->path(u"late.json"_s);
        EXITS(run({u"scenario"_s, u"save"_s, id, path, u"--fault"_s, u"out-of-order"_s}), 0);
        QVERIFY(!contentOf(path).contains("canary"));
        EXITS(run({u"scenario"_s, u"save"_s, id, path}), 4);    // never over one that is there
        QVERIFY(QFile::remove(m_ctl->path(u"store.db"_s)));
        const Run again = run({u"scenario"_s, u"run"_s, path});
        EXITS(again, 0);
        QVERIFY(again.out.contains("2 of 2 steps are as expected"));
        QVERIFY(!QFile::exists(m_ctl->path(u"store.db"_s)));

        const QByteArray other = contentOf(path).replace("\"answer\": \"stale\"", "\"answer\": \"applied\"");
        const Run off = run({u"scenario"_s, u"run"_s, m_ctl->write(u"off.json"_s, other)});
        EXITS(off, 1);
        QVERIFY2(off.out.contains("step 2: answer is stale, expected was applied"), off.out.constData());
        const Run json = run({u"scenario"_s, u"run"_s, m_ctl->path(u"off.json"_s), u"--json"_s});
        EXITS(json, 1);
        QCOMPARE(json.object()[u"differences"].toArray().size(), 1);
    }

    void noSecretLeavesInAScenario()
    {
        const QString id = reportedProbe();
        QJsonArray notes;
        const auto shapes = test_support::secretTexts + test_support::secretDocuments + test_support::secretWords;
        for (const test_support::Shape& shape : shapes)
            notes.append(QString::fromUtf8(test_support::withSecret(shape, "CANARY7d6c5b4a")));
        const QJsonObject report{
            {u"progress_pct"_s, 80},
            {u"sequence"_s, 3},
            {u"event_id"_s, u"c"_s},
            {u"current_message"_s, u"at https://u:CANARYurl@h/x Authorization: Bearer CANARYbearer token=CANARYtoken"_s},
            {u"notes"_s, notes}};
        EXITS(run({u"post"_s, id, m_ctl->write(u"event.json"_s, QJsonDocument(report).toJson())}), 0);
        const QString path = m_ctl->path(u"kept.json"_s);
        EXITS(run({u"scenario"_s, u"save"_s, id, path}), 0);
        const QByteArray kept = contentOf(path);
        const qsizetype at = kept.indexOf("CANARY");
        QVERIFY2(at < 0, kept.mid(std::max<qsizetype>(0, at - 200), 300).constData());
        QVERIFY(kept.contains("looks like a secret is masked"));
        EXITS(run({u"scenario"_s, u"run"_s, path}), 0);    // the meaning of the report is as it was
    }

    void theFilesOfTheTestsRun_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"as-it-went", "sent-twice", "late", "old-stamp", "out-of-order", "after-cancel", "bad-signature", "truncated"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void theFilesOfTheTestsRun()
    {
        QFETCH(QString, name);
        const Run played = run({u"scenario"_s, u"run"_s, qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u"/scenarios/%1.json"_s.arg(name)});
        EXITS(played, 0);
        QVERIFY(played.out.contains("steps are as expected"));
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("code");
        QTest::newRow("no such fault") << QStringList{u"step"_s, u"ID"_s, u"--fault"_s, u"flood"_s} << 5 << u"fault_unknown"_s;
        QTest::newRow("no such step") << QStringList{u"step"_s, u"ID"_s, u"--fault"_s, u"late:9"_s} << 5 << u"fault_step"_s;
        QTest::newRow("no number") << QStringList{u"step"_s, u"ID"_s, u"--fault"_s, u"late:x"_s} << 5 << u"fault_step"_s;
        QTest::newRow("no such job") << QStringList{u"step"_s, u"nobody"_s} << 3 << u"job_unknown"_s;
        QTest::newRow("no such file") << QStringList{u"scenario"_s, u"run"_s, u"none.json"_s} << 3 << u"file_not_found"_s;
        QTest::newRow("another file") << QStringList{u"scenario"_s, u"run"_s, u"a.wav"_s} << 5 << u"json_malformed"_s;
        QTest::newRow("neither") << QStringList{u"scenario"_s, u"sing"_s, u"x"_s} << 2 << u"usage"_s;
        QTest::newRow("save without a file") << QStringList{u"scenario"_s, u"save"_s, u"ID"_s} << 2 << u"usage"_s;
    }
    void whatIsWrongIsSaid()
    {
        QFETCH(QStringList, words);
        words.replaceInStrings(u"ID"_s, reportedProbe());
        const Run wrong = run(words + QStringList{u"--json"_s});
        QTEST(wrong.exitCode, "exitCode");
        QTEST(wrong.error()[u"code"].toString(), "code");
    }
};

QTEST_GUILESS_MAIN(TestCtlScenario)
#include "tst_ctl_scenario.moc"
