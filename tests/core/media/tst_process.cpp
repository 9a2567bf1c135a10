// SPDX-License-Identifier: Apache-2.0
#include "core/media/process.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>
#include <thread>

using namespace Qt::StringLiterals;
using namespace core::media;

namespace {

ProcessSpec shell(const QString& script)
{
    return {.program = u"/bin/sh"_s, .arguments = {u"-c"_s, script}};
}

bool isGone(const QByteArray& pid)
{
    return kill(pid_t(pid.trimmed().toInt()), 0) != 0;
}

}

class TestProcess : public QObject {
    Q_OBJECT

private slots:
    void outputErrorsAndExitCodeAreKept();
    void argumentsArriveAsTheyAre();
    void inputIsGivenOrEmpty();
    void linesAreHandedOut();
    void aSignalIsNotAnExitCode();
    void theWholeGroupDiesOnCancel_data();
    void theWholeGroupDiesOnCancel();
    void whatHangsIsStopped_data();
    void whatHangsIsStopped();
    void theWallTimeIsALimit();
    void tooMuchOutputIsAnError();
    void muchErrorTextKeepsHeadAndTail();
    void aMissingProgramIsNamed();
    void theMemoryLimitIsNamed();
    void ourOpenFilesAreNotInherited();
    void worksOnAPlainThread();
    void everyRunIsReported();
};

void TestProcess::outputErrorsAndExitCodeAreKept()
{
    const auto end = runProcess(shell(u"echo out; echo err >&2; exit 3"_s), {});
    QVERIFY(end);
    QCOMPARE(end->output, "out\n"_ba);
    QCOMPARE(end->errorHead, "err\n"_ba);
    QCOMPARE(end->exitCode, 3);
    QCOMPARE(end->signal, 0);
    QVERIFY(!end->isSuccess());
    QCOMPARE(describeEnd(*end), u"exit code 3: err"_s);
}

void TestProcess::argumentsArriveAsTheyAre()
{
    const auto end =
        runProcess({.program = u"printf"_s, .arguments = {u"[%s]"_s, u"a b"_s, u"'\"$HOME`x`"_s, u"-n"_s, u"two\nlines"_s, u""_s}}, {});
    QVERIFY(end);
    QCOMPARE(end->output, "[a b]['\"$HOME`x`][-n][two\nlines][]"_ba);
}

void TestProcess::inputIsGivenOrEmpty()
{
    auto spec = shell(u"cat; echo end"_s);
    QCOMPARE(runProcess(spec, {})->output, "end\n"_ba);
    spec.input = QByteArray(300'000, 'x');
    QCOMPARE(runProcess(spec, {})->output.size(), 300'004);
}

void TestProcess::linesAreHandedOut()
{
    QList<QByteArray> out;
    QList<QByteArray> err;
    auto spec = shell(u"printf 'one\\ntwo\\n\\nlast'; printf 'e1\\ne2' >&2"_s);
    spec.onOutputLine = [&](QByteArrayView line) { out << line.toByteArray(); };
    spec.onErrorLine = [&](QByteArrayView line) { err << line.toByteArray(); };
    const auto end = runProcess(spec, {});
    QVERIFY(end);
    QCOMPARE(out, (QList<QByteArray>{"one", "two", "", "last"}));
    QCOMPARE(err, (QList<QByteArray>{"e1", "e2"}));
    QVERIFY(end->output.isEmpty());
}

void TestProcess::aSignalIsNotAnExitCode()
{
    const auto end = runProcess(shell(u"kill -SEGV $$"_s), {});
    QVERIFY(end);
    QCOMPARE(end->exitCode, -1);
    QCOMPARE(end->signal, SIGSEGV);
}

void TestProcess::theWholeGroupDiesOnCancel_data()
{
    QTest::addColumn<QString>("script");
    QTest::newRow("polite") << u"sleep 60 & echo $! $$; wait"_s;
    QTest::newRow("deaf to SIGTERM") << u"trap '' TERM; sleep 60 & echo $! $$; while :; do sleep 60; done"_s;
    QTest::newRow("the child alone is deaf") << u"(trap '' TERM; exec sleep 60) & echo $! $$; wait"_s;
}

void TestProcess::theWholeGroupDiesOnCancel()
{
    QFETCH(QString, script);
    core::CancelSource source;
    QByteArray pids;
    QElapsedTimer sinceCancel;
    auto spec = shell(script);
    spec.onOutputLine = [&](QByteArrayView line) {
        pids = line.toByteArray();
        sinceCancel.start();
        source.cancel();
    };
    RunContext context;
    context.cancel = source.token();
    const auto end = runProcess(spec, context);
    QVERIFY2(sinceCancel.elapsed() < 1000, qPrintable(QString::number(sinceCancel.elapsed())));
    QVERIFY(!end);
    QCOMPARE(end.error().kind, core::ErrorKind::Cancelled);
    QCOMPARE(end.error().code, u"cancelled"_s);
    const auto ids = pids.split(' ');
    QCOMPARE(ids.size(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(ids.at(0)) || QFile(u"/proc/%1/cmdline"_s.arg(QString::fromLatin1(ids.at(0)))).size() == 0, 200);
    QVERIFY(isGone(ids.at(1)));
}

void TestProcess::theWallTimeIsALimit()
{
    RunContext context;
    context.limits.wallTime = std::chrono::milliseconds(100);
    QElapsedTimer clock;
    clock.start();
    const auto end = runProcess(shell(u"echo before >&2; exec sleep 60"_s), context);
    QVERIFY(!end);
    QCOMPARE(end.error().code, u"time_limit"_s);
    QCOMPARE(end.error().kind, core::ErrorKind::TimedOut);
    QCOMPARE(end.error().detail, u"before\n"_s);
    QVERIFY(clock.elapsed() < 1100);
}

void TestProcess::whatHangsIsStopped_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("code");
    QTest::newRow("it waits for nothing") << u"echo before >&2; exec sleep 60"_s << u"tool_stalled"_s;
    QTest::newRow("its child does") << u"echo before >&2; sleep 60 & wait"_s << u"tool_stalled"_s;
    QTest::newRow("it works") << u"i=0; while [ $i -lt 700000 ]; do i=$((i+1)); done"_s << QString();
    QTest::newRow("its child works") << u"sh -c 'i=0; while [ $i -lt 700000 ]; do i=$((i+1)); done'; true"_s << QString();
    QTest::newRow("it waits, and says so") << u"for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.1; done"_s << QString();
}

void TestProcess::whatHangsIsStopped()
{
    QFETCH(QString, script);
    QFETCH(QString, code);
    RunContext context;
    context.limits.stall = std::chrono::milliseconds(300);
    QElapsedTimer clock;
    clock.start();
    const auto end = runProcess(shell(script), context);
    if (code.isEmpty()) {
        QVERIFY2(end && end->isSuccess(), end ? "" : qPrintable(end.error().message));
        return;
    }
    QVERIFY(!end);
    QCOMPARE(end.error().code, code);
    QCOMPARE(end.error().kind, core::ErrorKind::TimedOut);
    QCOMPARE(end.error().detail, u"before\n"_s);
    QVERIFY(clock.elapsed() < 5000);
}

void TestProcess::tooMuchOutputIsAnError()
{
    auto spec = shell(u"exec yes"_s);
    spec.outputCap = 100'000;
    const auto end = runProcess(spec, {});
    QVERIFY(!end);
    QCOMPARE(end.error().code, u"output_too_large"_s);
}

void TestProcess::muchErrorTextKeepsHeadAndTail()
{
    const auto end = runProcess(shell(u"echo first >&2; head -c 3000000 /dev/zero | tr '\\0' x >&2; echo; echo last >&2"_s), {});
    QVERIFY(end);
    QVERIFY(end->errorHead.startsWith("first\n"));
    QCOMPARE(end->errorHead.size(), 64 << 10);
    QVERIFY(end->errorTail.endsWith("last\n"));
    QCOMPARE(end->errorTail.size(), 16 << 10);
}

void TestProcess::aMissingProgramIsNamed()
{
    QByteArray path = qgetenv("PATH");
    qputenv("PATH", "/nowhere");
    const auto end = runProcess({.program = u"ffprobe"_s}, {});
    qputenv("PATH", path);
    QVERIFY(!end);
    QCOMPARE(end.error().code, u"tool_missing"_s);
    QCOMPARE(end.error().kind, core::ErrorKind::NotFound);
    QCOMPARE(end.error().message, u"ffprobe is not on PATH (Debian package: ffmpeg)."_s);
    QCOMPARE(runProcess({.program = u"/no/such/ffmpeg"_s}, {}).error().code, u"tool_missing"_s);
}

void TestProcess::theMemoryLimitIsNamed()
{
    RunContext context;
    context.limits.memoryBytes = qint64{60} << 20;    // not even its libraries fit
    const auto end = runProcess({.program = u"ffmpeg"_s, .arguments = {u"-version"_s}}, context);
    QVERIFY(!end);
    QCOMPARE(end.error().code, u"memory_limit"_s);
    QVERIFY(end.error().message.contains("60 MiB"_L1));
}

void TestProcess::ourOpenFilesAreNotInherited()
{
    const int open = ::dup(0);    // without close-on-exec, as a careless library would
    QVERIFY(open > 2);
    const auto end = runProcess(shell(u"ls /proc/$$/fd"_s), {});
    ::close(open);
    QVERIFY(end);
    for (const QByteArray& fd : end->output.split('\n'))
        QVERIFY2(fd.toInt() <= 2 || fd.toInt() == 10, end->output.constData());    // dash keeps 10 for itself
}

void TestProcess::worksOnAPlainThread()
{
    core::Result<ProcessEnd> end;
    std::thread([&] { end = runProcess(shell(u"echo hello; sleep 0.1; echo there"_s), {}); }).join();
    QVERIFY(end);
    QCOMPARE(end->output, "hello\nthere\n"_ba);
}

void TestProcess::everyRunIsReported()
{
    QList<CommandRecord> records;
    RunContext context;
    context.ranCommand = [&](const CommandRecord& record) { records << record; };
    (void)runProcess(shell(u"echo why >&2; exit 4"_s), context);
    (void)runProcess(shell(u"kill -9 $$"_s), context);
    (void)runProcess({.program = u"no-such-program"_s, .arguments = {u"x"_s}}, context);
    QCOMPARE(records.size(), 3);
    QCOMPARE(records[0].arguments, (QStringList{u"/bin/sh"_s, u"-c"_s, u"echo why >&2; exit 4"_s}));
    QCOMPARE(records[0].exitCode, 4);
    QCOMPARE(records[0].errorTail, "why\n"_ba);
    QCOMPARE(records[1].signal, 9);
    QCOMPARE(records[1].exitCode, -1);
    QCOMPARE(records[2].exitCode, -1);
    QCOMPARE(records[2].arguments, (QStringList{u"no-such-program"_s, u"x"_s}));
}

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
