// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/arguments.h"
#include "app/signalboxctl/artifact_commands.h"
#include "app/signalboxctl/commands.h"
#include "app/signalboxctl/exit_code.h"
#include "app/signalboxctl/input_edit.h"
#include "app/signalboxctl/job_commands.h"
#include "app/signalboxctl/list_commands.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/webhook_commands.h"
#include "app/signalboxctl/words.h"
#include "core/base/json_text.h"

#include <QTest>

using namespace app;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using core::ErrorKind;
using core::JobStatus;
using core::Time;

namespace {

const QString bidiOverride = QString(QChar(0x202e));
const QString csi = QString(QChar(0x9b));
const QString tagLetter = QString::fromUcs4(U"\U000e0041");

core::jobs::JobSummary hostileJob()
{
    core::jobs::JobSummary job;
    job.id = {u"id\x1b[2J"_s};
    job.typeText = u"NEW\nTYPE"_s;
    job.status = JobStatus::Unknown;
    job.statusText = u"PAUSED\x1b[31m"_s;
    job.message = u"one\r\ntwo"_s + bidiOverride + csi + u"2J"_s;
    return job;
}

bool isHarmless(const QString& text)
{
    return std::none_of(text.begin(), text.end(), [](QChar character) {
        return character.category() == QChar::Other_Control || character.category() == QChar::Other_Format;
    });
}

}

class TestCtlFormat : public QObject {
    Q_OBJECT

private slots:
    void foreignTextCannotMoveTheCursor_data();
    void foreignTextCannotMoveTheCursor();
    void logLinesKeepLineFeedsOnly();
    void jsonIsEscapedWithoutChangingItsMeaning();
    void textIsElidedByCells_data();
    void textIsElidedByCells();
    void aTableAlignsItsColumns();
    void aTableIsNeverWiderThanItsTerminal_data();
    void aTableIsNeverWiderThanItsTerminal();
    void aJobTableShowsWholeIdsAndHarmlessText();
    void aJobRowHasTheColumnsOfTheTable();
    void payloadsGoOutUnchanged_data();
    void payloadsGoOutUnchanged();
    void prettyJsonKeepsEveryToken();
    void argumentsAreTakenApart();
    void wrongArgumentsAreUsageErrors_data();
    void wrongArgumentsAreUsageErrors();
    void settingsAreJsonElseStrings_data();
    void settingsAreJsonElseStrings();
    void settingsNameWhatIsWrong_data();
    void settingsNameWhatIsWrong();
    void everyKindOfErrorHasItsExitCode_data();
    void everyKindOfErrorHasItsExitCode();
    void errorsSayCodeAndField();
    void fileNamesCannotLeaveTheirFolder_data();
    void fileNamesCannotLeaveTheirFolder();
    void takenNamesGetANumber();
    void agesAreRead_data();
    void agesAreRead();
    void lengthsAndSizesAreForPeople();
    void aCancelShowsAllItsSteps();
    void aPendingJobSaysWhyItDoesNotRun();
    void aStageTableShowsWhereItStopped();
    void everyCommandHasHelp();
};

void TestCtlFormat::foreignTextCannotMoveTheCursor_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"clip 1.mp4"_s << u"clip 1.mp4"_s;
    QTest::newRow("letters of others") << u"Übung 日本 a\u0301"_s << u"Übung 日本 a\u0301"_s;
    QTest::newRow("escape") << u"\x1b[2J"_s << u"\\x1b[2J"_s;
    QTest::newRow("newline") << u"a\nb\r\tc"_s << u"a\\nb\\r\\tc"_s;
    QTest::newRow("delete") << u"\x7f"_s << u"\\x7f"_s;
    QTest::newRow("C1") << csi + u"2J"_s << u"\\x9b2J"_s;
    QTest::newRow("bidi override") << bidiOverride + u"4pm.exe"_s << u"\\u{202e}4pm.exe"_s;
    QTest::newRow("bidi isolate") << QString(QChar(0x2066)) << u"\\u{2066}"_s;
    QTest::newRow("line separator") << QString(QChar(0x2028)) << u"\\u{2028}"_s;
    QTest::newRow("zero width") << QString(QChar(0x200b)) << u"\\u{200b}"_s;
    QTest::newRow("tag beyond the first plane") << tagLetter << u"\\u{e0041}"_s;
    QTest::newRow("null") << QString(QChar(0)) << u"\\x00"_s;
    QTest::newRow("lone surrogate") << QString(QChar(0xd800)) << QString(QChar(0xfffd));
}

void TestCtlFormat::foreignTextCannotMoveTheCursor()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(visible(text), shown);
    QVERIFY(isHarmless(visible(text)));
    QCOMPARE(visible(visible(text)), shown);    // tables and callers may both make sure
}

void TestCtlFormat::logLinesKeepLineFeedsOnly()
{
    QCOMPARE(visibleLines(u"a\n\tb\r\x1b[K"_s), u"a\n\tb\\r\\x1b[K"_s);
}

void TestCtlFormat::jsonIsEscapedWithoutChangingItsMeaning()
{
    const QString text = u"a"_s + bidiOverride + csi + tagLetter + u"é日"_s;
    const QByteArray json = JsonObject().text("k", text).bytes();
    const QByteArray safe = visibleJson(json);
    QVERIFY(isHarmless(QString::fromUtf8(safe)));
    QVERIFY(safe.contains("\\u202e"));
    const auto parsed = core::JsonText::parse(safe);
    QVERIFY(parsed);
    QCOMPARE(parsed->find(u"/k")->string(), text);
}

void TestCtlFormat::textIsElidedByCells_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("cells");
    QTest::addColumn<QString>("shown");
    QTest::newRow("fits") << u"abc"_s << 3 << u"abc"_s;
    QTest::newRow("too long") << u"abcd"_s << 3 << u"ab…"_s;
    QTest::newRow("wide fits") << u"日本"_s << 4 << u"日本"_s;
    QTest::newRow("wide is not halved") << u"日本語"_s << 4 << u"日…"_s;
    QTest::newRow("combining mark costs nothing") << u"e\u0301e\u0301"_s << 2 << u"e\u0301e\u0301"_s;
    QTest::newRow("no room") << u"abc"_s << 0 << QString();
}

void TestCtlFormat::textIsElidedByCells()
{
    QFETCH(QString, text);
    QFETCH(int, cells);
    QFETCH(QString, shown);
    QCOMPARE(elided(text, cells), shown);
    QVERIFY(cellWidth(elided(text, cells)) <= cells);
}

void TestCtlFormat::aTableAlignsItsColumns()
{
    Table table({{u"NAME"_s}, {u"N"_s, Align::Right}, {u"TEXT"_s}});
    table.add({u"日本"_s, u"5"_s, u"x"_s});
    table.add({u"a"_s, u"1000"_s, QString()});
    QCOMPARE(table.lines({}), (QStringList{u"NAME     N  TEXT"_s, u"日本     5  x"_s, u"a     1000"_s}));
}

void TestCtlFormat::aTableIsNeverWiderThanItsTerminal_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("wide enough") << 40 << QStringList{u"ID          STATE  MESSAGE"_s, u"0123456789  DONE   a long message"_s};
    QTest::newRow("the message shrinks") << 28 << QStringList{u"ID          STATE  MESSAGE"_s, u"0123456789  DONE   a long m…"_s};
    QTest::newRow("the message goes") << 22 << QStringList{u"ID          STATE"_s, u"0123456789  DONE"_s};
    QTest::newRow("the id is never cut") << 5 << QStringList{u"ID"_s, u"0123456789"_s};
}

void TestCtlFormat::aTableIsNeverWiderThanItsTerminal()
{
    QFETCH(int, width);
    Table table({{u"ID"_s}, {u"STATE"_s}, {u"MESSAGE"_s, Align::Left, true}});
    table.add({u"0123456789"_s, u"DONE"_s, u"a long message"_s});
    QTEST(table.lines(width), "lines");
}

void TestCtlFormat::aJobTableShowsWholeIdsAndHarmlessText()
{
    core::jobs::JobSummary done;
    done.id = {u"019aa000-0000-7000-8000-000000000001"_s};
    done.type = core::JobType::MediaProbe;
    done.status = JobStatus::Done;
    done.progressPct = 100;
    done.createdAt = Time(60s);
    done.startedAt = Time(61s);
    done.finishedAt = Time(61s + 250ms);
    const QStringList lines = jobTable({done, hostileJob()}, Time(65s), {});
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[1].startsWith(u"019aa000-0000-7000-8000-000000000001  DONE"_s), qPrintable(lines[1]));
    QVERIFY(lines[1].contains(u"media-probe"_s));
    QVERIFY(lines[1].contains(u"5 s"_s));
    QVERIFY2(lines[2].contains(u"PAUSED\\x1b[31m (status not known)"_s), qPrintable(lines[2]));
    for (const QString& line : lines)
        QVERIFY2(isHarmless(line), qPrintable(line));
    QVERIFY(jobTable({}, Time(), {}).isEmpty());
}

void TestCtlFormat::aJobRowHasTheColumnsOfTheTable()
{
    core::jobs::Job job;
    job.id = {u"a"_s};
    job.typeText = u"MEDIA_PROBE"_s;
    job.statusText = u"DONE"_s;
    job.inputData = R"({"file_path": "a"})";
    job.createdAt = Time(1s + 250ms);
    const auto parsed = core::JsonText::parse(jobRow(job).bytes());
    QVERIFY(parsed);
    QStringList keys;
    for (const auto& member : parsed->root().children())
        keys << member.key();
    QCOMPARE(keys, (QStringList{u"id"_s,
                                u"job_type"_s,
                                u"status"_s,
                                u"progress_pct"_s,
                                u"current_message"_s,
                                u"input_data"_s,
                                u"output_data"_s,
                                u"error_message"_s,
                                u"error_code"_s,
                                u"user_id"_s,
                                u"project_id"_s,
                                u"broker_id"_s,
                                u"dedupe_key"_s,
                                u"attempt"_s,
                                u"retried_from"_s,
                                u"created_at"_s,
                                u"started_at"_s,
                                u"finished_at"_s,
                                u"updated_at"_s,
                                u"cancel_requested_at"_s,
                                u"cancel_broker_informed_at"_s,
                                u"cancel_acknowledged_at"_s}));
    QCOMPARE(parsed->find(u"/created_at")->string(), u"1970-01-01T00:00:01.250000Z"_s);
    QVERIFY(parsed->find(u"/output_data")->isNull());
    QCOMPARE(parsed->find(u"/input_data/file_path")->string(), u"a"_s);
}

void TestCtlFormat::payloadsGoOutUnchanged_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("order and big numbers") << R"({"b": 12345678901234567890123, "a": 1.0})"_ba
                                           << R"({"b":12345678901234567890123,"a":1.0})"_ba;
    QTest::newRow("duplicate keys") << R"({"a":1,"a":2})"_ba
                                    << R"({"a":1,"a":2})"_ba;
    QTest::newRow("lone surrogate") << R"(["\ud800"])"_ba
                                    << R"(["\ud800"])"_ba;
    QTest::newRow("blanks in strings") << "{\n\t\"a b\" : \"c \\\" d\"\r\n}"_ba
                                       << R"({"a b":"c \" d"})"_ba;
    QTest::newRow("no JSON") << "{oops"_ba
                             << R"("{oops")"_ba;
    QTest::newRow("byte order mark") << "\xef\xbb\xbf{}"_ba
                                     << "{}"_ba;
}

void TestCtlFormat::payloadsGoOutUnchanged()
{
    QFETCH(QByteArray, stored);
    QFETCH(QByteArray, written);
    QCOMPARE(JsonObject().payload("p", stored).bytes(), "{\"p\":" + written + "}");
}

void TestCtlFormat::prettyJsonKeepsEveryToken()
{
    const QByteArray json = R"({"a":[1.0,{}],"b":"{,}","c":[]})";
    QCOMPARE(prettyJson(json), "{\n  \"a\": [\n    1.0,\n    {}\n  ],\n  \"b\": \"{,}\",\n  \"c\": []\n}"_ba);
    QCOMPARE(compactJson(prettyJson(json)), json);
}

void TestCtlFormat::argumentsAreTakenApart()
{
    const QList<Option> options{{u"set"_s, u"K=V"_s, {}, true}, {u"wait"_s, {}, {}}, {u"user"_s, u"U"_s, {}}};
    const auto parsed = Arguments::parse(
        {u"a"_s, u"--set"_s, u"x=1"_s, u"--wait"_s, u"--set=y=-2"_s, u"-"_s, u"--user"_s, u"--odd"_s, u"--"_s, u"--b"_s}, options);
    QVERIFY(parsed);
    QCOMPARE(parsed->operands(), (QStringList{u"a"_s, u"-"_s, u"--b"_s}));
    QCOMPARE(parsed->values(u"set"), (QStringList{u"x=1"_s, u"y=-2"_s}));
    QCOMPARE(parsed->value(u"user"), u"--odd"_s);
    QVERIFY(parsed->has(u"wait"));
    QVERIFY(!parsed->has(u"help"));
}

void TestCtlFormat::wrongArgumentsAreUsageErrors_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("unknown") << QStringList{u"--nonsense"_s};
    QTest::newRow("one dash") << QStringList{u"-wait"_s};
    QTest::newRow("value missing") << QStringList{u"--user"_s};
    QTest::newRow("value too many") << QStringList{u"--wait=yes"_s};
    QTest::newRow("twice") << QStringList{u"--user"_s, u"a"_s, u"--user"_s, u"b"_s};
}

void TestCtlFormat::wrongArgumentsAreUsageErrors()
{
    QFETCH(QStringList, words);
    const auto parsed = Arguments::parse(words, {{u"wait"_s, {}, {}}, {u"user"_s, u"U"_s, {}}});
    QVERIFY(!parsed);
    QCOMPARE(exitCodeOf(parsed.error()), ExitCode::Usage);
}

void TestCtlFormat::settingsAreJsonElseStrings_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QByteArray>("edited");
    QTest::newRow("number") << "{}"_ba << u"noise_db=-30.0"_s << R"({"noise_db":-30.0})"_ba;
    QTest::newRow("big number") << "{}"_ba << u"n=12345678901234567890"_s << R"({"n":12345678901234567890})"_ba;
    QTest::newRow("bool") << "{}"_ba << u"b=true"_s << R"({"b":true})"_ba;
    QTest::newRow("list") << "{}"_ba << u"t=[1, 2]"_s << R"({"t":[1, 2]})"_ba;
    QTest::newRow("word") << "{}"_ba << u"container=mp4"_s << R"({"container":"mp4"})"_ba;
    QTest::newRow("string as JSON") << "{}"_ba << u"s=\"5\""_s << R"({"s":"5"})"_ba;
    QTest::newRow("equals signs") << "{}"_ba << u"s=a=b"_s << R"({"s":"a=b"})"_ba;
    QTest::newRow("empty") << "{}"_ba << u"s="_s << R"({"s":""})"_ba;
    QTest::newRow("replaced in place") << R"({"a": 1.0, "b" : 2})"_ba << u"b=3"_s << R"({"a": 1.0, "b" : 3})"_ba;
    QTest::newRow("pointer") << R"({"style":{"x":1}})"_ba << u"/style/y~1z=2"_s << R"({"style":{"x":1,"y/z":2}})"_ba;
}

void TestCtlFormat::settingsAreJsonElseStrings()
{
    QFETCH(QByteArray, document);
    QFETCH(QString, setting);
    const auto edited = withSettings(document, {setting});
    QVERIFY2(edited, edited ? "" : qPrintable(edited.error().message));
    QTEST(*edited, "edited");
}

void TestCtlFormat::settingsNameWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("field");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("no equals sign") << "{}"_ba << u"noise_db"_s << u"--set"_s << 2;
    QTest::newRow("no key") << "{}"_ba << u"=1"_s << u"--set"_s << 2;
    QTest::newRow("broken document") << "{"_ba << u"a=1"_s << u"input"_s << 5;
    QTest::newRow("no object") << "[]"_ba << u"a=1"_s << u"a"_s << 5;
    QTest::newRow("pointer to nowhere") << "{}"_ba << u"/style/x=1"_s << u"/style/x"_s << 5;
}

void TestCtlFormat::settingsNameWhatIsWrong()
{
    QFETCH(QByteArray, document);
    QFETCH(QString, setting);
    QFETCH(int, exitCode);
    const auto edited = withSettings(document, {setting});
    QVERIFY(!edited);
    QTEST(edited.error().field, "field");
    QCOMPARE(static_cast<int>(exitCodeOf(edited.error())), exitCode);
}

void TestCtlFormat::everyKindOfErrorHasItsExitCode_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("invalid") << ErrorKind::Invalid << 5;
    QTest::newRow("malformed") << ErrorKind::Malformed << 5;
    QTest::newRow("too large") << ErrorKind::TooLarge << 5;
    QTest::newRow("unauthorized") << ErrorKind::Unauthorized << 4;
    QTest::newRow("forbidden") << ErrorKind::Forbidden << 4;
    QTest::newRow("conflict") << ErrorKind::Conflict << 4;
    QTest::newRow("not found") << ErrorKind::NotFound << 3;
    QTest::newRow("unavailable") << ErrorKind::Unavailable << 6;
    QTest::newRow("timed out") << ErrorKind::TimedOut << 6;
    QTest::newRow("cancelled") << ErrorKind::Cancelled << 130;
    QTest::newRow("internal") << ErrorKind::Internal << 8;
}

void TestCtlFormat::everyKindOfErrorHasItsExitCode()
{
    QFETCH(ErrorKind, kind);
    QFETCH(int, exitCode);
    QCOMPARE(static_cast<int>(exitCodeOf({kind, u"c"_s, {}, {}, {}})), exitCode);
    QVERIFY(programHelp().contains(u"\n  %1 "_s.arg(exitCode)));
}

void TestCtlFormat::errorsSayCodeAndField()
{
    const core::Error error{ErrorKind::Invalid, u"input_invalid"_s, u"wrong\nline"_s, u"/a"_s, u"one\ntwo\x1b"_s};
    QCOMPARE(errorText(error), u"signalboxctl: input_invalid: wrong\\nline (field /a)\none\ntwo\\x1b"_s);
    QCOMPARE(errorText({ErrorKind::Invalid, u"c"_s, u"m"_s, {}, {}}), u"signalboxctl: c: m"_s);
    QCOMPARE(errorJson(error),
             R"({"kind":"invalid","code":"input_invalid","message":"wrong\nline","field":"/a","detail":"one\ntwo\u001b"})"_ba);
}

void TestCtlFormat::fileNamesCannotLeaveTheirFolder_data()
{
    QTest::addColumn<QString>("wished");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"clip.mp4"_s << u"clip.mp4"_s;
    QTest::newRow("spaces and quotes") << u"my \"clip\" 100%d.mp4"_s << u"my \"clip\" 100%d.mp4"_s;
    QTest::newRow("storage key") << u"inputs/abc/clip.mp4"_s << u"clip.mp4"_s;
    QTest::newRow("upwards") << u"../../etc/passwd"_s << u"passwd"_s;
    QTest::newRow("only upwards") << u".."_s << u"file"_s;
    QTest::newRow("upwards at the end") << u"a/.."_s << u"file"_s;
    QTest::newRow("folder") << u"a/b/"_s << u"file"_s;
    QTest::newRow("absolute") << u"/etc/cron.d/x"_s << u"x"_s;
    QTest::newRow("backslashes") << u"..\\..\\boot.ini"_s << u"boot.ini"_s;
    QTest::newRow("hidden") << u".bashrc"_s << u"bashrc"_s;
    QTest::newRow("leading dash") << u"-rf.mp4"_s << u"rf.mp4"_s;
    QTest::newRow("newline") << u"a\nb.mp4"_s << u"a_nb.mp4"_s;
    QTest::newRow("bidi") << u"a"_s + bidiOverride + u"4pm.exe"_s << u"a_u{202e}4pm.exe"_s;
    QTest::newRow("null") << u"a"_s + QChar(0) + u"b"_s << u"a_x00b"_s;
    QTest::newRow("empty") << QString() << u"file"_s;
}

void TestCtlFormat::fileNamesCannotLeaveTheirFolder()
{
    QFETCH(QString, wished);
    const QString name = harmlessFileName(wished, 1);
    QTEST(name, "name");
    QVERIFY(!name.contains(u'/') && isHarmless(name));
}

void TestCtlFormat::takenNamesGetANumber()
{
    QCOMPARE(harmlessFileName(u"a/clip.tar.mp4"_s, 2), u"clip.tar (2).mp4"_s);
    QCOMPARE(harmlessFileName(u"clip"_s, 3), u"clip (3)"_s);
    const QString longName = harmlessFileName(QString(300, QChar(0x65e5)) + u".mp4"_s, 1);
    QVERIFY(longName.toUtf8().size() <= 200);
    QVERIFY(longName.endsWith(u".mp4"_s));
}

void TestCtlFormat::agesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds");    // -1: refused
    QTest::newRow("seconds") << u"90s"_s << 90LL;
    QTest::newRow("minutes") << u"15m"_s << 900LL;
    QTest::newRow("hours") << u"2h"_s << 7200LL;
    QTest::newRow("days") << u"30d"_s << 2592000LL;
    QTest::newRow("weeks") << u"1w"_s << 604800LL;
    QTest::newRow("nothing ago") << u"0s"_s << 0LL;
    QTest::newRow("no unit") << u"30"_s << -1LL;
    QTest::newRow("no number") << u"d"_s << -1LL;
    QTest::newRow("negative") << u"-3d"_s << -1LL;
    QTest::newRow("beyond all bounds") << u"99999999d"_s << -1LL;
    QTest::newRow("empty") << QString() << -1LL;
}

void TestCtlFormat::agesAreRead()
{
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    const auto age = parseAge(text);
    QCOMPARE(age ? static_cast<qint64>(age->count()) : -1LL, seconds);
}

void TestCtlFormat::lengthsAndSizesAreForPeople()
{
    QCOMPARE(lengthText(200ms), u"0.2 s"_s);
    QCOMPARE(lengthText(41300ms), u"41.3 s"_s);
    QCOMPARE(lengthText(204s), u"3:24"_s);
    QCOMPARE(lengthText(3727s), u"1:02:07"_s);
    QCOMPARE(sizeText(999), u"999 B"_s);
    QCOMPARE(sizeText(4100), u"4.1 kB"_s);
    QCOMPARE(sizeText(999'999), u"1.0 MB"_s);
    QCOMPARE(ageText(Time(0s), Time(59s)), u"59 s"_s);
    QCOMPARE(ageText(Time(0s), Time(240s)), u"4 min"_s);
    QCOMPARE(ageText(Time(0s), Time(3h)), u"3 h"_s);
    QCOMPARE(ageText(Time(10s), Time(0s)), u"0 s"_s);
    QCOMPARE(progressBar(50, u"x\n"_s, 60), u"[############------------]  50%  x\\n"_s);
    QCOMPARE(progressBar(250, {}, 60), u"[########################] 100%  "_s);
    QVERIFY(cellWidth(progressBar(50, QString(100, u'x'), 40)) <= 40);
}

void TestCtlFormat::aCancelShowsAllItsSteps()
{
    core::backend::JobDetails details;
    details.job.cancel.requestedAt = Time(1s);
    const auto steps = cancelSteps(details);
    QCOMPARE(steps.size(), 4);
    QVERIFY(steps[0].second.contains(u":01.000"_s));
    for (const auto& [name, value] : steps.mid(1))
        QCOMPARE(value, u"has not happened"_s);
    details.finishedAnywayAt = Time(2s);
    details.finishedAnywayAs = u"DONE"_s;
    QVERIFY(cancelSteps(details)[3].second.endsWith(u"as DONE"_s));
}

void TestCtlFormat::aPendingJobSaysWhyItDoesNotRun()
{
    core::backend::JobDetails details;
    core::backend::QueueState queue;
    QVERIFY(whyNotRunning(details, queue, Time()).startsWith(u"No message"_s));
    details.messages.append(core::broker::QueueMessage());
    QVERIFY(whyNotRunning(details, queue, Time()).contains(u"No worker"_s));
    core::broker::Worker worker;
    worker.bootId = core::base::bootId();
    worker.heartbeatUs = core::base::monotonicMicros();
    worker.leaseUs = 60'000'000;
    queue.workers << worker;
    QVERIFY(whyNotRunning(details, queue, Time()).startsWith(u"It waits"_s));
    queue.workers[0].heartbeatUs -= 120'000'000;
    QVERIFY(whyNotRunning(details, queue, Time()).contains(u"No worker"_s));
    queue.paused = true;
    QVERIFY(whyNotRunning(details, queue, Time()).contains(u"paused"_s));
    details.messages[0].leasedBy = u"w1"_s;
    QVERIFY(whyNotRunning(details, queue, Time()).startsWith(u"Worker w1"_s));
    details.job.status = JobStatus::Running;
    QCOMPARE(whyNotRunning(details, queue, Time()), u"It runs."_s);
    details.job.attempt = 2;
    details.messages[0].leasedBy.clear();    // its worker handed it back
    QVERIFY(details.waitsInQueue());
    QVERIFY(whyNotRunning(details, queue, Time()).startsWith(u"It waits in the queue for a worker, attempt 3 "_s));
    QVERIFY(whyNotRunning(details, queue, Time()).contains(u"paused"_s));
    details.job.status = JobStatus::Done;
    QVERIFY(!details.waitsInQueue());
    QCOMPARE(whyNotRunning(details, queue, Time()), u"It has ended."_s);
}

void TestCtlFormat::aStageTableShowsWhereItStopped()
{
    using core::webhooks::Stage;
    core::tasks::WebhookOutcome outcome;
    outcome.stages = {{Stage::Receive, true, u"12 bytes"_s}, {Stage::LoadAndValidate, false, u"output_data\nis missing"_s}};
    const QStringList lines = stageTable(outcome, core::tasks::Mode::DryRun, {});
    QCOMPARE(lines.size(), 8);
    QVERIFY(lines[1].contains(u"would do"_s) && lines[1].contains(u"12 bytes"_s));
    QVERIFY(lines[2].contains(u"stopped here"_s) && lines[2].contains(u"output_data\\nis missing"_s));
    QVERIFY(lines[3].contains(u"3 Ignore?"_s) && lines[3].contains(u"not reached"_s));
}

void TestCtlFormat::everyCommandHasHelp()
{
    for (const CommandHelp& command : allCommands()) {
        QVERIFY(programHelp().contains(u"\n  "_s + command.name + u' '));
        const QString help = commandHelp(command);
        QVERIFY(help.startsWith(u"Usage: signalboxctl "_s + command.name));
        for (const Option& option : command.options)
            QVERIFY2(help.contains(u"--"_s + option.name), qPrintable(command.name));
    }
}

QTEST_GUILESS_MAIN(TestCtlFormat)
#include "tst_ctl_format.moc"
