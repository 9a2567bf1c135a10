// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl_process.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using test::CtlProcess;
using test::Run;

namespace {

bool isHarmless(const QByteArray& output)
{
    const QString text = QString::fromUtf8(output);
    return std::none_of(text.begin(), text.end(), [](QChar character) {
        return (character.category() == QChar::Other_Control && character != u'\n') || character.category() == QChar::Other_Format;
    });
}

}

class TestCtl : public QObject {
    Q_OBJECT

private slots:
    void init() { m_ctl = std::make_unique<CtlProcess>(); }
    void cleanup() { m_ctl.reset(); }

    void helpTellsCommandsAndExitCodes();
    void aWrongCommandLineIsAUsageError_data();
    void aWrongCommandLineIsAUsageError();
    void errorsHaveCodeFieldAndExitCode_data();
    void errorsHaveCodeFieldAndExitCode();
    void aProbeIsRunToItsEnd();
    void theSameInputIsTheSameActiveJob();
    void aSetValueReachesTheInput();
    void aFailingJobExitsOne();
    void hostileNamesAreHarmless_data();
    void hostileNamesAreHarmless();
    void aJobIsShownInFull();
    void aPendingJobIsCancelledOnce();
    void manyAreCancelledOnlyByAFilterAReasonAndAYes();
    void onProductionManyAreTypedByNameAndNumber();
    void manyRunAgainOnlyByAFilterAReasonAndAYes();
    void aDryRunOfACancelCountsAndChangesNothing();
    void aResubmitNamesItsOriginal();
    void aDryRunPostChangesNothing();
    void aPostIsAppliedDeliveredAndReplayed();
    void manyAreReplayedByWhatTheyHaveAndStoppedInBetween();
    void aMalformedPostIsKeptAndRefused();
    void savedArtifactsNeverOverwrite();
    void schemasNeedNoStore();
    void workDrainsTheQueue();
    void workEndsAtASignal();
    void aWaitIsInterruptedAndTheJobStaysQueued();
    void aWatchEndsWithItsJob();
    void aFollowerSeesWhatOthersSubmit();
    void endedJobsArePrunedOnlyWithYes();
    void theQueueIsPausedAndJournalled();
    void readOnlyChangesNothing();
    void anActWantsMoreOfAnIdThanALook();
    void aReadOnlyLookNeedsNoKeyAndMakesNoFolder();
    void secretsAreMaskedOnTheWayOut();
    void doctorSaysWhatIsThere();
    void aFullOutputIsAnError();

private:
    [[nodiscard]] Run run(const QStringList& words) const { return m_ctl->run(words); }
    /// A probe that waits in the queue; its id.
    [[nodiscard]] QString pendingProbe(const QString& name) const
    {
        return run({u"submit"_s, u"media-probe"_s, m_ctl->makeSound(name), u"--set"_s, u"note=\"%1\""_s.arg(name), u"--json"_s})
            .object()[u"id"]
            .toString();
    }
    [[nodiscard]] QString statusOf(const QString& id) const { return run({u"show"_s, id, u"--json"_s}).object()[u"status"].toString(); }

    std::unique_ptr<CtlProcess> m_ctl;
};

void TestCtl::helpTellsCommandsAndExitCodes()
{
    const Run help = run({u"--help"_s});
    EXITS(help, 0);
    QVERIFY(help.out.contains("resubmit") && help.out.contains("Exit codes:") && help.out.contains("130"));
    const Run ofSubmit = run({u"submit"_s, u"--help"_s});
    EXITS(ofSubmit, 0);
    QVERIFY(ofSubmit.out.contains("--set KEY=VALUE"));
    const Run version = run({u"--version"_s});
    EXITS(version, 0);
    QVERIFY(version.out.startsWith("signalboxctl "));
    QVERIFY(!QFile::exists(m_ctl->path(u"store.db"_s)));
}

void TestCtl::aWrongCommandLineIsAUsageError_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("no such command") << QStringList{u"frobnicate"_s};
    QTest::newRow("no such option") << QStringList{u"jobs"_s, u"--frobnicate"_s};
    QTest::newRow("no such order") << QStringList{u"jobs"_s, u"--sort"_s, u"size"_s};
    QTest::newRow("an order for what is followed") << QStringList{u"jobs"_s, u"--sort"_s, u"took"_s, u"--follow"_s};
    QTest::newRow("limit is no number") << QStringList{u"jobs"_s, u"--limit"_s, u"many"_s};
    QTest::newRow("show without an id") << QStringList{u"show"_s};
    QTest::newRow("cancel of nothing") << QStringList{u"cancel"_s};
    QTest::newRow("cancel of both") << QStringList{u"cancel"_s, u"x"_s, u"--filter"_s, u"status:pending"_s};
    QTest::newRow("cancel without a reason") << QStringList{u"cancel"_s, u"--filter"_s, u"status:pending"_s};
    QTest::newRow("resubmit of nothing") << QStringList{u"resubmit"_s};
    QTest::newRow("resubmit of both") << QStringList{u"resubmit"_s, u"x"_s, u"--filter"_s, u"status:failed"_s};
    QTest::newRow("resubmit of many, edited") << QStringList{u"resubmit"_s, u"--filter"_s, u"status:failed"_s, u"--set"_s, u"a=1"_s};
    QTest::newRow("resubmit without a reason") << QStringList{u"resubmit"_s, u"--filter"_s, u"status:failed"_s};
    QTest::newRow("prune without an age") << QStringList{u"prune"_s};
    QTest::newRow("prune with an odd age") << QStringList{u"prune"_s, u"--older-than"_s, u"yesterday"_s};
    QTest::newRow("queue sideways") << QStringList{u"queue"_s, u"sideways"_s};
}

void TestCtl::aWrongCommandLineIsAUsageError()
{
    QFETCH(QStringList, words);
    const Run plain = run(words);
    EXITS(plain, 2);
    QVERIFY2(plain.err.startsWith("signalboxctl: usage: "), plain.err.constData());
    QVERIFY(plain.out.isEmpty());
    const Run json = run(words + QStringList{u"--json"_s});
    EXITS(json, 2);
    QCOMPARE(json.error()[u"code"].toString(), u"usage"_s);
}

void TestCtl::errorsHaveCodeFieldAndExitCode_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("code");    // empty: not looked at
    QTest::addColumn<QString>("field");
    QTest::newRow("unknown type") << QStringList{u"submit"_s, u"media-dance"_s, u"x"_s} << 5 << u"job_type_unknown"_s << u"TYPE"_s;
    QTest::newRow("missing file") << QStringList{u"submit"_s, u"media-probe"_s, u"missing.mp4"_s} << 3 << QString() << QString();
    QTest::newRow("missing input file") << QStringList{u"submit"_s, u"media-probe"_s, u"--input"_s, u"@missing.json"_s} << 3
                                        << u"file_not_found"_s << u"--input"_s;
    QTest::newRow("input without its key") << QStringList{u"submit"_s, u"media-probe"_s, u"--input"_s, u"{}"_s} << 5 << u"input_invalid"_s
                                           << u"/file_path"_s;
    QTest::newRow("input is no JSON") << QStringList{u"submit"_s, u"media-probe"_s, u"--input"_s, u"{"_s} << 5 << QString() << QString();
    QTest::newRow("broken filter") << QStringList{u"jobs"_s, u"status:("_s} << 5 << u"filter_invalid"_s << u"filter"_s;
    QTest::newRow("no such job") << QStringList{u"show"_s, u"01234567"_s} << 3 << QString() << QString();
    QTest::newRow("no such delivery") << QStringList{u"replay"_s, u"01234567"_s} << 3 << QString() << QString();
    QTest::newRow("cancel of everything") << QStringList{u"cancel"_s, u"--filter"_s, u" "_s, u"--reason"_s, u"r"_s, u"--yes"_s} << 5
                                          << u"filter_empty"_s << u"--filter"_s;
    QTest::newRow("unknown schema") << QStringList{u"schema"_s, u"media-dance"_s} << 5 << u"job_type_unknown"_s << u"TYPE"_s;
}

void TestCtl::errorsHaveCodeFieldAndExitCode()
{
    QFETCH(QStringList, words);
    QFETCH(int, exitCode);
    QFETCH(QString, code);
    QFETCH(QString, field);
    const Run json = run(words + QStringList{u"--json"_s});
    EXITS(json, exitCode);
    const QString actualCode = json.error()[u"code"].toString();
    QVERIFY2(!actualCode.isEmpty(), json.err.constData());
    if (!code.isEmpty())
        QCOMPARE(actualCode, code);
    if (!field.isEmpty())
        QCOMPARE(json.error()[u"field"].toString(), field);
    const Run plain = run(words);
    EXITS(plain, exitCode);
    QVERIFY2(plain.err.startsWith("signalboxctl: " + actualCode.toUtf8() + ": "), plain.err.constData());
    QVERIFY(run({u"jobs"_s, u"--json"_s}).array().isEmpty());
}

void TestCtl::aProbeIsRunToItsEnd()
{
    const Run probe = run({u"submit"_s, u"MEDIA_PROBE"_s, m_ctl->makeSound(u"a.wav"_s), u"--wait"_s, u"--json"_s, u"--user"_s, u"u-12"_s});
    EXITS(probe, 0);
    const QJsonObject job = probe.object();
    QCOMPARE(job[u"status"].toString(), u"DONE"_s);
    QCOMPARE(job[u"job_type"].toString(), u"MEDIA_PROBE"_s);
    QCOMPARE(job[u"user_id"].toString(), u"u-12"_s);
    QCOMPARE(job[u"output_data"][u"format"][u"duration_ms"].toInt(), 2000);
    QCOMPARE(job[u"reused"].toBool(true), false);
    QVERIFY(!job[u"webhook_id"].toString().isEmpty());
    QVERIFY(job[u"finished_at"].toString().endsWith(u'Z'));
    const Run human = run({u"submit"_s, u"silence-detect"_s, m_ctl->path(u"a.wav"_s), u"--wait"_s});
    EXITS(human, 0);
    QVERIFY2(human.out.startsWith("DONE  silence-detect"), human.out.constData());
}

void TestCtl::theSameInputIsTheSameActiveJob()
{
    const QString sound = m_ctl->makeSound(u"a.wav"_s);
    const QStringList words{u"submit"_s, u"media-probe"_s, sound, u"--json"_s};
    const QJsonObject first = run(words).object();
    const QJsonObject again = run(words).object();
    QCOMPARE(again[u"id"].toString(), first[u"id"].toString());
    QVERIFY(!first[u"reused"].toBool() && again[u"reused"].toBool());
    QVERIFY(!again[u"same_fields"].toArray().isEmpty());
    const QJsonObject forced = run(words + QStringList{u"--force"_s}).object();
    QVERIFY(forced[u"id"].toString() != first[u"id"].toString());
    QVERIFY(forced[u"dedupe_key"].isNull());
    // The storage key itself names the file too.
    const QString key = first[u"input_data"][u"file_path"].toString();
    QCOMPARE(run({u"submit"_s, u"media-probe"_s, key, u"--json"_s}).object()[u"id"].toString(), first[u"id"].toString());
}

void TestCtl::aSetValueReachesTheInput()
{
    const QString sound = m_ctl->makeSound(u"a.wav"_s);
    const Run good = run(
        {u"submit"_s, u"silence-detect"_s, sound, u"--set"_s, u"noise_db=-40"_s, u"--set"_s, u"big=12345678901234567890"_s, u"--json"_s});
    EXITS(good, 0);
    QVERIFY2(good.out.contains("\"noise_db\":-40"), good.out.constData());
    QVERIFY(good.out.contains("12345678901234567890"));
    const Run bad = run({u"submit"_s, u"silence-detect"_s, sound, u"--set"_s, u"noise_db=loud"_s, u"--json"_s});
    EXITS(bad, 5);
    QCOMPARE(bad.error()[u"field"].toString(), u"/noise_db"_s);
}

void TestCtl::aFailingJobExitsOne()
{
    const Run failed =
        run({u"submit"_s, u"media-probe"_s, m_ctl->write(u"no-media.mp4"_s, QByteArray(1000, 'x')), u"--wait"_s, u"--json"_s});
    EXITS(failed, 1);
    QCOMPARE(failed.object()[u"status"].toString(), u"FAILED"_s);
    QVERIFY(!failed.object()[u"error_code"].toString().isEmpty());
    const Run listed = run({u"jobs"_s, u"status:failed"_s, u"--json"_s});
    QCOMPARE(listed.array().size(), 1);
    const QString waits = pendingProbe(u"waits.wav"_s);
    QCOMPARE(run({u"jobs"_s, u"--json"_s}).array()[0][u"id"].toString(), waits);
    QCOMPARE(run({u"jobs"_s, u"--sort"_s, u"updated"_s, u"--json"_s}).array()[0][u"id"].toString(), waits);
    QCOMPARE(run({u"jobs"_s, u"--sort=took"_s, u"--json"_s}).array()[1][u"id"].toString(), waits);    // it has no span: last
}

void TestCtl::hostileNamesAreHarmless_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("spaces and quotes") << u"my 'clip' \"one\".wav"_s;
    QTest::newRow("newline") << u"two\nlines.wav"_s;
    QTest::newRow("escape") << u"clear\x1b[2J.wav"_s;
    QTest::newRow("bidi") << u"a"_s + QChar(0x202e) + u"vaw.exe.wav"_s;
    QTest::newRow("leading dash") << u"-i.wav"_s;
    QTest::newRow("percent") << u"frame%d%s.wav"_s;
    QTest::newRow("letters of others") << u"Überraschung 日本.wav"_s;
}

void TestCtl::hostileNamesAreHarmless()
{
    QFETCH(QString, name);
    QVERIFY(!m_ctl->makeSound(name).isEmpty());
    const Run probe = run({u"submit"_s, u"media-probe"_s, u"--wait"_s, u"--json"_s, u"--"_s, name});
    EXITS(probe, 0);
    const QString id = probe.object()[u"id"].toString();
    QVERIFY(isHarmless(probe.out) && isHarmless(probe.err));
    for (const QStringList& words : {QStringList{u"jobs"_s},
                                     {u"show"_s, id},
                                     {u"events"_s, id},
                                     {u"attempts"_s, id, u"--log"_s},
                                     {u"artifacts"_s, id},
                                     {u"deliveries"_s, id},
                                     {u"journal"_s},
                                     {u"show"_s, id, u"--json"_s}}) {
        const Run shown = run(words);
        EXITS(shown, 0);
        QVERIFY2(isHarmless(shown.out), shown.out.constData());
    }
}

void TestCtl::aJobIsShownInFull()
{
    const QString id = pendingProbe(u"a.wav"_s);
    const Run pending = run({u"show"_s, id.left(30)});
    EXITS(pending, 0);
    for (const auto* words : {"PENDING", "No worker is running", "asked", "broker informed", "worker acknowledged", "finished anyway",
                              "has not happened", "input"})
        QVERIFY2(pending.out.contains(words), words);
    EXITS(run({u"work"_s, u"--drain"_s}), 0);
    const QJsonObject done = run({u"show"_s, id, u"--json"_s}).object();
    QCOMPARE(done[u"status"].toString(), u"DONE"_s);
    QVERIFY(done[u"events"].toArray().size() >= 3);
    QCOMPARE(done[u"events"][0][u"sequence"].toInt(), 1);
    const Run attempts = run({u"attempts"_s, id, u"--log"_s});
    QVERIFY2(attempts.out.contains("done") && attempts.out.contains("$ "), attempts.out.constData());
    QCOMPARE(run({u"attempts"_s, id, u"--json"_s}).array()[0][u"commands"][0][u"exit_code"].toInt(-1), 0);
    QVERIFY(run({u"events"_s, id}).out.contains("RUNNING"));
    QVERIFY(run({u"deliveries"_s, id}).out.contains("applied"));
}

void TestCtl::aPendingJobIsCancelledOnce()
{
    const QString id = pendingProbe(u"a.wav"_s);
    const Run cancelled = run({u"cancel"_s, id, u"--reason"_s, u"a test"_s, u"--json"_s});
    EXITS(cancelled, 0);
    QCOMPARE(cancelled.object()[u"acted"].toInt(), 1);
    QCOMPARE(statusOf(id), u"CANCELLED"_s);
    const Run again = run({u"cancel"_s, id, u"--json"_s});
    EXITS(again, 4);
    QCOMPARE(again.error()[u"kind"].toString(), u"conflict"_s);
    const QStringList both{u"cancel"_s, id, pendingProbe(u"b.wav"_s)};
    EXITS(run(both), 2);    // several want a reason
    const Run unconfirmed = run(both + QStringList{u"--reason"_s, u"clean up"_s});
    EXITS(unconfirmed, 4);
    QVERIFY2(unconfirmed.err.contains("not_confirmed") && unconfirmed.err.contains(id.toUtf8()), unconfirmed.err.constData());
    QCOMPARE(statusOf(both[2]), u"PENDING"_s);
    EXITS(run({u"cancel"_s, both[2], u"0123456789"_s, u"--reason"_s, u"clean up"_s, u"--yes"_s}), 3);
    QCOMPARE(statusOf(both[2]), u"PENDING"_s);    // one is not known, so none is touched
    const Run several = run(both + QStringList{u"--reason"_s, u"clean up"_s, u"--yes"_s});
    EXITS(several, 7);
    QCOMPARE(run({u"journal"_s}).out.count("clean up"), 1);
    EXITS(run(both + QStringList{u"--reason"_s, u"clean up"_s, u"--yes"_s}), 4);    // both have ended
    QVERIFY(several.out.contains("1 cancelled, 1 skipped, 0 failed"));
    EXITS(run({u"watch"_s, id}), 1);
}

void TestCtl::manyAreCancelledOnlyByAFilterAReasonAndAYes()
{
    const QStringList ids{pendingProbe(u"a.wav"_s), pendingProbe(u"b.wav"_s), pendingProbe(u"c.wav"_s)};
    const QStringList words{u"cancel"_s, u"--filter"_s, u"type:media-probe"_s, u"--reason"_s, u"clean up"_s};
    const Run unconfirmed = run(words);
    EXITS(unconfirmed, 4);
    QVERIFY2(unconfirmed.err.contains("not_confirmed") && unconfirmed.err.contains(ids[0].toUtf8()), unconfirmed.err.constData());
    QCOMPARE(statusOf(ids[0]), u"PENDING"_s);
    const Run done = run(words + QStringList{u"--yes"_s, u"--json"_s});
    EXITS(done, 0);
    QCOMPARE(done.object()[u"acted"].toInt(), 3);
    QCOMPARE(done.object()[u"jobs"].toArray().size(), 3);
    const Run journal = run({u"journal"_s});
    QVERIFY(journal.out.contains("clean up"));
    QCOMPARE(run(words + QStringList{u"--yes"_s, u"--json"_s}).object()[u"acted"].toInt(-1), 0);
}

void TestCtl::onProductionManyAreTypedByNameAndNumber()
{
    QVERIFY(QDir().mkpath(m_ctl->path(u"config/signalbox"_s)));
    const QByteArray connections = R"([{"id":"p","name":"media-prod","kind":"embedded","environment":"production","store_path":"STORE"}])";
    QVERIFY(
        !m_ctl->write(u"config/signalbox/connections.json"_s, QByteArray(connections).replace("STORE", m_ctl->path(u"store.db"_s).toUtf8()))
             .isEmpty());
    const QStringList ids{pendingProbe(u"a.wav"_s), pendingProbe(u"b.wav"_s)};
    const QStringList words{u"cancel"_s, u"--filter"_s, u"type:media-probe"_s, u"--reason"_s, u"clean up"_s};
    const Run refused = run(words + QStringList{u"--yes"_s});
    EXITS(refused, 4);
    QVERIFY2(refused.err.contains("--confirm \"media-prod 2\""), refused.err.constData());
    EXITS(run(words + QStringList{u"--confirm"_s, u"media-prod 3"_s}), 4);
    QCOMPARE(statusOf(ids[0]), u"PENDING"_s);
    EXITS(run(words + QStringList{u"--confirm"_s, u"media-prod 2"_s}), 0);
    QCOMPARE(statusOf(ids[1]), u"CANCELLED"_s);
    const QStringList removal{u"prune"_s, u"--older-than"_s, u"0s"_s, u"--reason"_s, u"clean up"_s};
    EXITS(run(removal + QStringList{u"--yes"_s}), 4);
    QCOMPARE(statusOf(ids[1]), u"CANCELLED"_s);
    EXITS(run(removal + QStringList{u"--confirm"_s, u"media-prod 2"_s}), 0);
    EXITS(run({u"show"_s, ids[1]}), 3);
}

void TestCtl::manyRunAgainOnlyByAFilterAReasonAndAYes()
{
    const QStringList ids{pendingProbe(u"a.wav"_s), pendingProbe(u"b.wav"_s), pendingProbe(u"c.wav"_s)};
    EXITS(run({u"cancel"_s, ids[0], ids[1], u"--reason"_s, u"disk is full"_s, u"--yes"_s}), 0);
    const QStringList words{u"resubmit"_s, u"--filter"_s, u"type:media-probe"_s, u"--reason"_s, u"disk is back"_s};
    EXITS(run(words), 4);    // nobody confirmed
    const Run done = run(words + QStringList{u"--yes"_s, u"--json"_s});
    EXITS(done, 0);
    QCOMPARE(done.object()[u"acted"].toInt(), 2);
    const QJsonObject first = done.object()[u"jobs"].toArray().first().toObject();
    QCOMPARE(first[u"result"].toString(), u"resubmitted"_s);
    QCOMPARE(run({u"show"_s, first[u"new_job_id"].toString(), u"--json"_s}).object()[u"retried_from"].toString(), first[u"id"].toString());
    QVERIFY(run({u"journal"_s}).out.contains("disk is back"));
    const Run again = run(words + QStringList{u"--yes"_s, u"--json"_s});    // their twins are active now
    EXITS(again, 0);
    QCOMPARE(again.object()[u"acted"].toInt(-1), 0);
    QCOMPARE(again.object()[u"skipped"].toInt(), 2);
}

void TestCtl::aDryRunOfACancelCountsAndChangesNothing()
{
    const QStringList ids{pendingProbe(u"a.wav"_s), pendingProbe(u"b.wav"_s), pendingProbe(u"c.wav"_s)};
    EXITS(run({u"cancel"_s, ids[0]}), 0);
    const QStringList words{u"cancel"_s, u"--filter"_s, u"type:media-probe"_s, u"--dry-run"_s};
    const Run dry = run(words + QStringList{u"--json"_s});
    EXITS(dry, 0);
    QCOMPARE(dry.object()[u"job_count"].toInt(), 2);
    QCOMPARE(dry.object()[u"left_out"].toInt(), 1);
    QCOMPARE(dry.object()[u"jobs"].toArray().size(), 2);
    EXITS(run(words + QStringList{u"--read-only"_s}), 0);    // it only looks
    QCOMPARE(statusOf(ids[1]), u"PENDING"_s);
    EXITS(run({u"cancel"_s, ids[1], u"--dry-run"_s}), 2);
    QCOMPARE(statusOf(ids[1]), u"PENDING"_s);
}

void TestCtl::aResubmitNamesItsOriginal()
{
    const QString sound = m_ctl->makeSound(u"a.wav"_s);
    const QString id = run({u"submit"_s, u"silence-detect"_s, sound, u"--wait"_s, u"--json"_s}).object()[u"id"].toString();
    const Run again = run({u"resubmit"_s, id, u"--set"_s, u"noise_db=-50"_s, u"--wait"_s, u"--json"_s});
    EXITS(again, 0);
    QCOMPARE(again.object()[u"retried_from"].toString(), id);
    QCOMPARE(again.object()[u"input_data"][u"noise_db"].toInt(), -50);
    QCOMPARE(run({u"show"_s, id, u"--json"_s}).object()[u"retried_as"][0].toString(), again.object()[u"id"].toString());
}

void TestCtl::aDryRunPostChangesNothing()
{
    const QString id = pendingProbe(u"a.wav"_s);
    const QString event = m_ctl->write(u"event.json"_s, R"({"status":"RUNNING","progress_pct":40,"event_id":"e1"})");
    const Run dry = run({u"post"_s, id, event, u"--dry-run"_s});
    EXITS(dry, 0);
    QVERIFY2(dry.out.contains("would do") && dry.out.contains("Done hooks"), dry.out.constData());
    QCOMPARE(statusOf(id), u"PENDING"_s);
    QVERIFY(run({u"deliveries"_s, id, u"--json"_s}).array().isEmpty());
}

void TestCtl::aPostIsAppliedDeliveredAndReplayed()
{
    const QString id = pendingProbe(u"a.wav"_s);
    const QByteArray body = R"({"status": "RUNNING", "progress_pct": 40, "event_id": "e1"})";
    const Run posted = run({u"post"_s, id, m_ctl->write(u"event.json"_s, body), u"--json"_s});
    EXITS(posted, 0);
    QCOMPARE(posted.object()[u"outcome"].toString(), u"applied"_s);
    QCOMPARE(posted.object()[u"after"][u"progress_pct"].toInt(), 40);
    const QString delivery = posted.object()[u"delivery_id"].toString();
    const QJsonObject kept = run({u"deliveries"_s, delivery, u"--json"_s}).object();
    QCOMPARE(kept[u"body"].toString().toUtf8(), body);
    QCOMPARE(kept[u"job_id"].toString(), id);
    QVERIFY(run({u"deliveries"_s, delivery}).out.contains(body));
    const Run replayed = run({u"replay"_s, delivery});
    EXITS(replayed, 0);
    QVERIFY2(replayed.out.contains("duplicate"), replayed.out.constData());
    const Run dry = run({u"replay"_s, delivery, u"--dry-run"_s, u"--json"_s});
    EXITS(dry, 0);
    QCOMPARE(dry.array()[0][u"outcome"].toString(), u"duplicate"_s);
}

void TestCtl::manyAreReplayedByWhatTheyHaveAndStoppedInBetween()
{
    const QString id = pendingProbe(u"a.wav"_s);
    QStringList posted;
    for (int i = 1; i <= 5; ++i) {
        const QByteArray body = R"({"status": "RUNNING", "progress_pct": )" + QByteArray::number(i) + '}';
        posted << run({u"post"_s, id, m_ctl->write(u"event.json"_s, body), u"--json"_s}).object()[u"delivery_id"].toString();
    }
    EXITS(run({u"replay"_s, posted[0], posted[1]}), 2);    // several want a reason
    EXITS(run({u"replay"_s, posted[0], u"--job"_s, id}), 2);
    EXITS(run({u"replay"_s, u"--outcome"_s, u"excellent"_s, u"--reason"_s, u"r"_s}), 2);
    const QStringList words{u"replay"_s, u"--source"_s, u"manual"_s, u"--job"_s, id};
    const Run dry = run(words + QStringList{u"--dry-run"_s, u"--json"_s});
    EXITS(dry, 0);
    QCOMPARE(dry.array().size(), 5);
    QCOMPARE(dry.array().last()[u"after"][u"progress_pct"].toInt(), 5);    // in the order received
    EXITS(run(words), 2);
    const Run unconfirmed = run(words + QStringList{u"--reason"_s, u"store was locked"_s});
    EXITS(unconfirmed, 4);
    QVERIFY2(unconfirmed.err.contains(posted[0].toUtf8()), unconfirmed.err.constData());

    const Run two = run({u"replay"_s, posted[0], posted[1], u"--reason"_s, u"store was locked"_s});    // named ones as well
    EXITS(two, 4);
    QVERIFY2(two.err.contains("not_confirmed"), two.err.constData());

    QStringList many{u"replay"_s, u"--reason"_s, u"store was locked"_s, u"--rate"_s, u"1"_s, u"--yes"_s};
    for (int i = 0; i < 12; ++i)
        many << posted;    // a minute's worth
    const auto running = m_ctl->start(many);
    const auto journalled = [&] { return run({u"journal"_s}).out.count("store was locked"); };
    QTRY_VERIFY_WITH_TIMEOUT(journalled() >= 1, 30'000);
    CtlProcess::interrupt(*running, SIGINT);
    const Run stopped = CtlProcess::end(*running);
    EXITS(stopped, 130);
    const auto done = journalled();
    QVERIFY(done < 60);
    QCOMPARE(stopped.out.count("Delivery "), done);
    QVERIFY2(stopped.err.contains("Stopped: " + QByteArray::number(60 - done) + " of 60"), stopped.err.constData());
}

void TestCtl::aMalformedPostIsKeptAndRefused()
{
    const QString id = pendingProbe(u"a.wav"_s);
    const Run bad = run({u"post"_s, id, m_ctl->write(u"event.json"_s, "{\"status\":\x1b[2J")});
    EXITS(bad, 5);
    QVERIFY2(isHarmless(bad.out) && isHarmless(bad.err), bad.err.constData());
    QVERIFY(bad.out.contains("stopped here"));
    const QJsonArray kept = run({u"deliveries"_s, id, u"--json"_s}).array();
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept[0][u"outcome"].toString(), u"rejected"_s);
    QCOMPARE(statusOf(id), u"PENDING"_s);
    EXITS(run({u"post"_s, id, u"missing.json"_s}), 3);
}

void TestCtl::savedArtifactsNeverOverwrite()
{
    const Run converted =
        run({u"submit"_s, u"media-convert"_s, m_ctl->makeSound(u"a.wav"_s), u"--set"_s, u"container=mp3"_s, u"--wait"_s, u"--json"_s});
    EXITS(converted, 0);
    const QString id = converted.object()[u"id"].toString();
    QCOMPARE(run({u"artifacts"_s, id, u"--json"_s}).array()[0][u"kind"].toString(), u"converted_media"_s);
    const QString folder = m_ctl->path(u"saved"_s);
    EXITS(run({u"artifacts"_s, id, u"--save"_s, folder}), 0);
    const QStringList first = QDir(folder).entryList(QDir::Files);
    QVERIFY2(first.size() == 1, qPrintable(first.join(u' ')));
    QFile file(QDir(folder).filePath(first[0]));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.size() > 100);
    // A link that leads nowhere would be written through.
    QVERIFY(QFile::link(m_ctl->path(u"elsewhere"_s), QDir(folder).filePath(QString(first[0]).replace(u".mp3"_s, u" (2).mp3"_s))));
    const Run again = run({u"artifacts"_s, id, u"--save"_s, folder, u"--json"_s});
    EXITS(again, 0);
    QVERIFY2(again.object()[u"saved"][0][u"path"].toString().contains(u"(3)"_s), again.out.constData());
    QVERIFY(!QFile::exists(m_ctl->path(u"elsewhere"_s)));
    QVERIFY(file.seek(0) && file.readAll() == bytes);
}

void TestCtl::schemasNeedNoStore()
{
    const Run all = run({u"schema"_s, u"--json"_s});
    EXITS(all, 0);
    QCOMPARE(all.array().size(), 7);
    const Run one = run({u"schema"_s, u"silence-detect"_s, u"--json"_s});
    QVERIFY(one.object()[u"input"][u"properties"].toObject().contains(u"noise_db"));
    QVERIFY(run({u"schema"_s}).out.contains("file_path*"));
    QVERIFY(!QFile::exists(m_ctl->path(u"store.db"_s)));
}

void TestCtl::workDrainsTheQueue()
{
    const QString one = pendingProbe(u"a.wav"_s);
    const QString two = pendingProbe(u"b.wav"_s);
    const Run worked = run({u"work"_s, u"--drain"_s, u"--threads"_s, u"2"_s});
    EXITS(worked, 0);
    QVERIFY(worked.out.contains(one.toUtf8()) && worked.out.contains("DONE"));
    QCOMPARE(statusOf(one), u"DONE"_s);
    QCOMPARE(statusOf(two), u"DONE"_s);
    EXITS(run({u"work"_s, u"--drain"_s}), 0);
}

void TestCtl::workEndsAtASignal()
{
    for (const int signal : {SIGTERM, SIGINT}) {
        const auto worker = m_ctl->start({u"work"_s});
        worker->setReadChannel(QProcess::StandardError);
        QByteArray said;
        while (!said.contains("take jobs") && worker->waitForReadyRead(20000))
            said += worker->readAllStandardError();
        QVERIFY2(said.contains("take jobs"), said.constData());
        CtlProcess::interrupt(*worker, signal);
        EXITS(CtlProcess::end(*worker), 0);
    }
}

void TestCtl::aWaitIsInterruptedAndTheJobStaysQueued()
{
    EXITS(run({u"queue"_s, u"pause"_s}), 0);
    const auto waiting = m_ctl->start({u"submit"_s, u"media-probe"_s, m_ctl->makeSound(u"a.wav"_s), u"--wait"_s});
    waiting->setReadChannel(QProcess::StandardError);
    QByteArray said;
    while (!said.contains("queue is paused") && waiting->waitForReadyRead(20000))
        said += waiting->readAllStandardError();
    QVERIFY2(said.contains("queue is paused"), said.constData());
    CtlProcess::interrupt(*waiting, SIGINT);
    const Run end = CtlProcess::end(*waiting);
    EXITS(end, 130);
    QVERIFY2(end.err.contains("stays in the queue"), end.err.constData());
    const QJsonArray jobs = run({u"jobs"_s, u"--json"_s}).array();
    QCOMPARE(jobs[0][u"status"].toString(), u"PENDING"_s);
    EXITS(run({u"queue"_s, u"resume"_s}), 0);
    EXITS(run({u"work"_s, u"--drain"_s}), 0);
    QCOMPARE(statusOf(jobs[0][u"id"].toString()), u"DONE"_s);
}

void TestCtl::aWatchEndsWithItsJob()
{
    const QString id = pendingProbe(u"a.wav"_s);
    const auto watcher = m_ctl->start({u"watch"_s, id});
    QVERIFY(watcher->waitForReadyRead(20000));    // it has printed that the job was made
    EXITS(run({u"work"_s, u"--drain"_s}), 0);
    const Run watched = CtlProcess::end(*watcher);
    EXITS(watched, 0);
    QVERIFY2(watched.out.contains("RUNNING") && watched.out.contains("DONE"), watched.out.constData());
}

void TestCtl::aFollowerSeesWhatOthersSubmit()
{
    const QString first = pendingProbe(u"a.wav"_s);
    const auto follower = m_ctl->start({u"jobs"_s, u"type:media-probe"_s, u"--follow"_s, u"--json"_s});
    QVERIFY(follower->waitForReadyRead(20000));
    QByteArray lines = follower->readAllStandardOutput();
    QVERIFY2(lines.contains(first.toUtf8()), lines.constData());
    const QString second = pendingProbe(u"b.wav"_s);
    while (!lines.contains(second.toUtf8()) && follower->waitForReadyRead(20000))
        lines += follower->readAllStandardOutput();
    QVERIFY2(lines.contains(second.toUtf8()), lines.constData());
    CtlProcess::interrupt(*follower, SIGINT);
    const Run end = CtlProcess::end(*follower);
    EXITS(end, 130);
    for (const QByteArray& line : (lines + end.out).trimmed().split('\n'))
        QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
}

void TestCtl::endedJobsArePrunedOnlyWithYes()
{
    const QString id = pendingProbe(u"a.wav"_s);
    const QString active = pendingProbe(u"b.wav"_s);
    const QString second = pendingProbe(u"c.wav"_s);
    EXITS(run({u"cancel"_s, id}), 0);
    EXITS(run({u"cancel"_s, second}), 0);
    const Run preview = run({u"prune"_s, u"--older-than"_s, u"0s"_s, u"--json"_s});
    EXITS(preview, 0);
    QCOMPARE(preview.object()[u"jobs"].toArray(), (QJsonArray{id, second}));
    QVERIFY(preview.object()[u"dry_run"].toBool());
    QCOMPARE(run({u"jobs"_s, u"--json"_s}).array().size(), 3);
    const Run dry = run({u"prune"_s, u"--older-than"_s, u"0s"_s, u"--dry-run"_s, u"--yes"_s, u"--reason"_s, u"x"_s, u"--json"_s});
    EXITS(dry, 0);
    QCOMPARE(dry.out, preview.out);    // whatever else is said, it is only said
    EXITS(run({u"prune"_s, u"--older-than"_s, u"1d"_s, u"--yes"_s}), 0);
    EXITS(run({u"prune"_s, u"--older-than"_s, u"0s"_s, u"--yes"_s}), 2);    // two of them, and no reason
    QCOMPARE(run({u"jobs"_s, u"--json"_s}).array().size(), 3);
    EXITS(run({u"prune"_s, u"--older-than"_s, u"0s"_s, u"--reason"_s, u"ticket 4471"_s, u"--yes"_s}), 0);
    QCOMPARE(run({u"journal"_s, u"--json"_s}).array()[0][u"reason"].toString(), u"ticket 4471"_s);
    const QJsonArray left = run({u"jobs"_s, u"--json"_s}).array();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0][u"id"].toString(), active);
}

void TestCtl::theQueueIsPausedAndJournalled()
{
    EXITS(run({u"queue"_s, u"pause"_s, u"--operator"_s, u"ann\x1b[2J"_s}), 0);
    QVERIFY(run({u"queue"_s, u"--json"_s}).object()[u"paused"].toBool());
    const QString id = pendingProbe(u"a.wav"_s);
    QVERIFY(run({u"show"_s, id}).out.contains("queue is paused"));
    EXITS(run({u"queue"_s, u"resume"_s}), 0);
    QVERIFY(!run({u"queue"_s, u"--json"_s}).object()[u"paused"].toBool(true));
    const Run journal = run({u"journal"_s});
    QVERIFY2(journal.out.contains("ann\\x1b[2J") && isHarmless(journal.out), journal.out.constData());
    QVERIFY(run({u"journal"_s, u"--json"_s}).array().size() >= 3);
}

void TestCtl::readOnlyChangesNothing()
{
    const Run missing = run({u"jobs"_s, u"--read-only"_s});
    EXITS(missing, 6);
    QVERIFY(missing.err.contains("store_missing") && !QFile::exists(m_ctl->path(u"store.db"_s)));
    const QString id = pendingProbe(u"a.wav"_s);
    EXITS(run({u"jobs"_s, u"--read-only"_s}), 0);
    for (const QStringList& words : {QStringList{u"submit"_s, u"media-probe"_s, m_ctl->path(u"a.wav"_s)},
                                     {u"cancel"_s, id},
                                     {u"resubmit"_s, id},
                                     {u"queue"_s, u"pause"_s},
                                     {u"work"_s},
                                     {u"prune"_s, u"--older-than"_s, u"0s"_s, u"--yes"_s}}) {
        const Run refused = run(words + QStringList{u"--read-only"_s, u"--json"_s});
        EXITS(refused, 4);
        QCOMPARE(refused.error()[u"code"].toString(), u"read_only"_s);
    }
    QCOMPARE(statusOf(id), u"PENDING"_s);
}

void TestCtl::anActWantsMoreOfAnIdThanALook()
{
    const QString id = pendingProbe(u"a.wav"_s);
    for (const QStringList& act : {QStringList{u"cancel"_s}, {u"resubmit"_s}, {u"replay"_s}, {u"show"_s}}) {
        const Run empty = run(act + QStringList{u""_s, u"--json"_s});
        EXITS(empty, 5);
        QCOMPARE(empty.error()[u"code"].toString(), u"id_empty"_s);
    }
    const Run tooShort = run({u"cancel"_s, id.left(5), u"--json"_s});
    EXITS(tooShort, 5);
    QCOMPARE(tooShort.error()[u"code"].toString(), u"id_too_short"_s);
    QCOMPARE(run({u"post"_s, id.left(5), m_ctl->write(u"e.json"_s, R"({"status":"DONE"})"), u"--json"_s}).error()[u"code"].toString(),
             u"id_too_short"_s);
    QCOMPARE(statusOf(id), u"PENDING"_s);
    EXITS(run({u"show"_s, id.left(5)}), 0);
    EXITS(run({u"cancel"_s, id.left(6)}), 0);
}

void TestCtl::aReadOnlyLookNeedsNoKeyAndMakesNoFolder()
{
    QVERIFY(!pendingProbe(u"a.wav"_s).isEmpty());
    const QString key = m_ctl->path(u"store.db.key"_s);
    QVERIFY(QFile::remove(key) && QDir().mkpath(key));    // a folder cannot be read as a key, whoever asks
    const QString storage = m_ctl->path(u"elsewhere/storage"_s);
    EXITS(run({u"jobs"_s, u"--read-only"_s, u"--storage"_s, storage}), 0);
    QVERIFY(!QDir(m_ctl->path(u"elsewhere"_s)).exists());
    EXITS(run({u"jobs"_s}), 6);
}

void TestCtl::secretsAreMaskedOnTheWayOut()
{
    const QString id = run({u"submit"_s, u"media-probe"_s, m_ctl->makeSound(u"a.wav"_s), u"--set"_s, u"api_key=\"hunter2\""_s, u"--set"_s,
                            u"note=\"kept\""_s, u"--json"_s})
                           .object()[u"id"]
                           .toString();
    QVERIFY(!id.isEmpty());
    const QString event = m_ctl->write(u"e.json"_s, R"({"status":"FAILED","error_message":"GET https://me:hunter2@host/ said no",)"
                                                    R"("current_message":"sent Authorization: Bearer hunter2","token":"hunter2"})");
    const Run posted = run({u"post"_s, id, event, u"--json"_s});
    EXITS(posted, 0);
    QVERIFY(posted.out.contains("[masked]") && !posted.out.contains("hunter2"));
    for (const QStringList& words : {QStringList{u"show"_s, id},
                                     {u"events"_s, id},
                                     {u"jobs"_s},
                                     {u"deliveries"_s, id},
                                     {u"attempts"_s, id, u"--log"_s},
                                     {u"journal"_s}}) {
        for (const QStringList& form : {QStringList(), QStringList{u"--json"_s}}) {
            const Run shown = run(words + form);
            EXITS(shown, 0);
            QVERIFY2(!(shown.out + shown.err).contains("hunter2"), (words.join(u' ').toUtf8() + ": " + shown.out + shown.err).constData());
        }
    }
    QCOMPARE(run({u"show"_s, id, u"--json"_s}).object()[u"input_data"].toObject()[u"note"].toString(), u"kept"_s);
}

void TestCtl::doctorSaysWhatIsThere()
{
    const Run doctor = run({u"doctor"_s, u"--json"_s});
    EXITS(doctor, 0);    // no store yet, no render service: nothing is wrong
    QVERIFY(!QFile::exists(m_ctl->path(u"store.db"_s)) && !QDir(m_ctl->path(u"storage"_s)).exists());
    QStringList names;
    for (const auto& finding : doctor.array())
        names << finding.toObject()[u"name"].toString();
    QVERIFY2(names.contains(u"ffmpeg"_s) && names.contains(u"ffprobe"_s), doctor.out.constData());
    QVERIFY(run({u"doctor"_s}).out.contains("found"));
    const Run badStore = run({u"doctor"_s, u"--json"_s, u"--store"_s, m_ctl->write(u"garbage.db"_s, QByteArray(5000, 'x'))});
    EXITS(badStore, 6);
    const auto store = badStore.array()[0].toObject();
    QCOMPARE(store[u"name"].toString(), u"store"_s);
    QVERIFY(!store[u"found"].toBool() && store[u"needed"].toBool() && store[u"detail"].toString().contains(u"database"_s));
    QVERIFY(!pendingProbe(u"a.wav"_s).isEmpty());
    EXITS(run({u"doctor"_s}), 0);
    QVERIFY(QDir(m_ctl->path(u"storage"_s)).removeRecursively());
    EXITS(run({u"doctor"_s}), 6);    // a store whose storage has gone
}

void TestCtl::aFullOutputIsAnError()
{
    QVERIFY(QFile::exists(u"/dev/full"_s));    // every Linux has it: without, this would show nothing
    QProcess process;
    process.setStandardOutputFile(u"/dev/full"_s);
    process.start(QStringLiteral(SIGNALBOXCTL_PROGRAM), {u"--help"_s});
    const Run full = CtlProcess::end(process);
    EXITS(full, 8);
    QVERIFY(full.err.contains("output_not_written"));
}

QTEST_GUILESS_MAIN(TestCtl)
#include "tst_ctl.moc"
