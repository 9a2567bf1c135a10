// SPDX-License-Identifier: Apache-2.0
#include "core/media/convert.h"
#include "core/media/cut.h"
#include "core/media/frames.h"
#include "core/media/probe.h"
#include "core/media/process.h"
#include "core/media/silence.h"
#include "tests/support/sample.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace core::media;
using core::ErrorKind;

/// Input that is no media, tools that fail, jobs that are stopped: a clear error each time, and nothing left behind.
class TestBadMedia : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void whatIsNoMediaIsNamed_data();
    void whatIsNoMediaIsNamed();
    void aPixelBombIsRefusedAtOnce();
    void oddNamesWork_data();
    void oddNamesWork();
    void aMissingToolIsNamed();
    void aDamagedFileLeavesNoOutput();
    void stoppingLeavesNothing_data();
    void stoppingLeavesNothing();
    void theTimeLimitLeavesNothing();
    void aFullDiskLeavesNothing();

private:
    QString put(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder->filePath(name));
        [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
        file.write(bytes);
        return file.fileName();
    }
    [[nodiscard]] QStringList left() const
    {
        return QDir(m_output->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    test_support::Sample m_sample;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_output;
};

void TestBadMedia::initTestCase()
{
    m_sample = test_support::sample();
    QVERIFY2(!m_sample.path.isEmpty(), qPrintable(m_sample.error));
}

void TestBadMedia::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_output = std::make_unique<QTemporaryDir>();
}

void TestBadMedia::whatIsNoMediaIsNamed_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("missing") << u"file_missing"_s << QByteArray();
    QTest::newRow("folder") << u"not_a_file"_s << QByteArray();
    QTest::newRow("fifo") << u"not_a_file"_s << QByteArray();
    QTest::newRow("empty") << u"file_empty"_s << QByteArray();
    QTest::newRow("too large") << u"file_too_large"_s << QByteArray(2'000'000, 'x');
    QTest::newRow("text") << u"not_media"_s << "just some words\n"_ba;
    QTest::newRow("noise") << u"not_media"_s << QByteArray::fromHex("9f3a77c1").repeated(500);
    QTest::newRow("HLS playlist") << u"format_not_allowed"_s
                                  << "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nother.mp4\n#EXT-X-ENDLIST\n"_ba;
    QTest::newRow("HLS with a mark before") << u"format_not_allowed"_s << "\xEF\xBB\xBF#EXTM3U\n#EXTINF:9,\nother.mp4\n"_ba;
    QTest::newRow("concat script") << u"format_not_allowed"_s << "ffconcat version 1.0\nfile 'other.mp4'\n"_ba;
    QTest::newRow("SVG") << u"format_not_allowed"_s << "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"_ba;
    QTest::newRow("DASH") << u"format_not_allowed"_s << "<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"></MPD>"_ba;
}

void TestBadMedia::whatIsNoMediaIsNamed()
{
    QFETCH(QByteArray, content);
    const auto tag = QString::fromLatin1(QTest::currentDataTag());
    QString path = m_folder->filePath(u"in.mp4"_s);
    if (tag == "folder"_L1)
        QVERIFY(QDir().mkpath(path));
    else if (tag == "fifo"_L1)
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    else if (tag != "missing"_L1)
        path = put(u"in.mp4"_s, content);
    QVERIFY(QFile::link(m_sample.path, m_folder->filePath(u"other.mp4"_s)));
    RunContext context;
    context.limits.inputBytes = 1'000'000;
    context.limits.wallTime = std::chrono::seconds(20);
    const auto probed = probe(path, context);
    QVERIFY(!probed);
    QTEST(probed.error().code, "code");
    QCOMPARE(probed.error().field, u"file_path"_s);
    QVERIFY2(probed.error().message.contains("in.mp4"_L1), qPrintable(probed.error().message));
}

void TestBadMedia::aPixelBombIsRefusedAtOnce()
{
    const QString bomb = m_folder->filePath(u"bomb.png"_s);
    const auto made = runProcess({.program = u"ffmpeg"_s,
                                  .arguments = {u"-nostdin"_s, u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s,
                                                u"color=s=16000x16000:d=0.04"_s, u"-frames:v"_s, u"1"_s, bomb}},
                                 {});
    QVERIFY(made && made->isSuccess());
    QElapsedTimer clock;
    clock.start();
    const auto frames = extractFrames(bomb, m_output->path(), {}, {});
    QVERIFY(clock.elapsed() < 3000);
    QVERIFY(!frames);
    QCOMPARE(frames.error().code, u"too_many_pixels"_s);
    QCOMPARE(frames.error().kind, ErrorKind::TooLarge);
    QVERIFY(left().isEmpty());
}

void TestBadMedia::oddNamesWork_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("spaces") << u"a b c.mp4"_s;
    QTest::newRow("quotes") << u"it's \"it\".mp4"_s;
    QTest::newRow("newline") << u"two\nlines.mp4"_s;
    QTest::newRow("leading dash") << u"-y.mp4"_s;
    QTest::newRow("percent d") << u"%03d.mp4"_s;
    QTest::newRow("an address") << u"http:x.mp4"_s;
    QTest::newRow("another protocol") << u"concat:a|b.mp4"_s;
    QTest::newRow("no suffix") << u"…"_s;
    QTest::newRow("a wrong suffix") << u"clip.svg"_s;
}

void TestBadMedia::oddNamesWork()
{
    QFETCH(QString, name);
    const QString path = m_folder->filePath(name);
    QVERIFY(QFile::copy(m_sample.path, path));
    const QString folder = m_output->filePath(name);
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(detectSilence(path, {}, {}));
    const auto frames = extractFrames(path, folder, {.intervalMs = 5000, .width = 64}, {});
    QVERIFY2(frames, frames ? "" : qPrintable(frames.error().message));
    QCOMPARE(frames->size(), 3);
    ConvertOptions options;
    options.container = u"wav"_s;
    const QString target = folder + u"/.part-1-"_s + name;
    const auto converted = convert(path, target, options, {});
    QVERIFY2(converted, converted ? "" : qPrintable(converted.error().message));
    QVERIFY(QFile::exists(target));
}

void TestBadMedia::aMissingToolIsNamed()
{
    RunContext context;
    context.tools.ffprobe = u"no-ffprobe"_s;
    QCOMPARE(probe(m_sample.path, context).error().code, u"tool_missing"_s);
    context.tools = {.ffmpeg = u"/nowhere/ffmpeg"_s};
    const auto cut = cutSilences(m_sample.path, m_output->filePath(u"x"_s), {}, 0, context);
    QCOMPARE(cut.error().code, u"tool_missing"_s);
    QVERIFY2(cut.error().message.contains("Debian package: ffmpeg"_L1), qPrintable(cut.error().message));
    QVERIFY(left().isEmpty());
}

void TestBadMedia::aDamagedFileLeavesNoOutput()
{
    // The index (in front, by faststart) promises twelve seconds; most of the data is gone.
    QFile whole(m_sample.path);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QString path = put(u"cut short.mp4"_s, whole.read(whole.size() / 3));
    ConvertOptions options;
    options.container = u"mp4"_s;
    const auto converted = convert(path, m_output->filePath(u"x"_s), options, {});
    QVERIFY(!converted);
    QCOMPARE(converted.error().code, u"output_incomplete"_s);
    QVERIFY(left().isEmpty());
    const auto cut = cutSilences(path, m_output->filePath(u"x"_s), {{1000, 2000}}, 0, {});
    QVERIFY(!cut);
    QVERIFY(left().isEmpty());
}

void TestBadMedia::stoppingLeavesNothing_data()
{
    QTest::addColumn<QString>("job");
    QTest::newRow("convert") << u"convert"_s;
    QTest::newRow("cut") << u"cut"_s;
    QTest::newRow("frames") << u"frames"_s;
}

void TestBadMedia::stoppingLeavesNothing()
{
    QFETCH(QString, job);
    // Long enough that it cannot have ended by itself: two minutes of a moving picture.
    const QString input = m_folder->filePath(u"long.mp4"_s);
    QVERIFY(runProcess(
        {.program = u"ffmpeg"_s,
         .arguments = {u"-nostdin"_s, u"-v"_s, u"error"_s, u"-stream_loop"_s, u"40"_s, u"-i"_s, m_sample.path, u"-c"_s, u"copy"_s, input}},
        {}));
    core::CancelSource source;
    QElapsedTimer sinceCancel;
    QList<CommandRecord> commands;
    RunContext context;
    context.cancel = source.token();
    context.ranCommand = [&](const CommandRecord& record) { commands << record; };
    context.progress = [&](double fraction) {
        if (fraction > 0 && !sinceCancel.isValid()) {
            sinceCancel.start();
            source.cancel();
        }
    };
    core::Error error;
    const QString target = m_output->filePath(u".part-1-x"_s);
    if (job == "convert"_L1) {
        ConvertOptions options;
        options.container = u"webm"_s;
        const auto result = convert(input, target, options, context);
        QVERIFY(!result);
        error = result.error();
    } else if (job == "cut"_L1) {
        const auto result = cutSilences(input, target, {{1000, 2000}}, 0, context);
        QVERIFY(!result);
        error = result.error();
    } else {
        const auto result =
            extractFrames(input, m_output->path(), {.intervalMs = 40, .imageFormat = u"png"_s, .maxFrames = 100'000}, context);
        QVERIFY(!result);
        error = result.error();
    }
    QVERIFY(sinceCancel.isValid());
    QVERIFY2(sinceCancel.elapsed() < 1000, qPrintable(QString::number(sinceCancel.elapsed())));
    QCOMPARE(error.kind, ErrorKind::Cancelled);
    QCOMPARE(error.code, u"cancelled"_s);
    QVERIFY2(left().isEmpty(), qPrintable(left().join(u' ')));
    QCOMPARE(commands.last().arguments.first(), u"ffmpeg"_s);
    for (const QString& process : QDir(u"/proc"_s).entryList(QDir::Dirs)) {    // nobody works on the file any more
        QFile line(u"/proc/%1/cmdline"_s.arg(process));
        QVERIFY(!line.open(QIODevice::ReadOnly) || !line.readAll().contains(input.toUtf8()));
    }
}

void TestBadMedia::theTimeLimitLeavesNothing()
{
    RunContext context;
    context.limits.wallTime = std::chrono::milliseconds(700);    // enough for ffprobe, not for VP9
    ConvertOptions options;
    options.container = u"webm"_s;
    options.width = 1920;
    const auto converted = convert(m_sample.path, m_output->filePath(u"x"_s), options, context);
    QVERIFY(!converted);
    QCOMPARE(converted.error().kind, ErrorKind::TimedOut);
    QCOMPARE(converted.error().code, u"time_limit"_s);
    QVERIFY(left().isEmpty());
}

void TestBadMedia::aFullDiskLeavesNothing()
{
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    const rlimit tight{60'000, old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);    // the tool inherits it, and fails in the same place as on a full disk
    ConvertOptions options;
    options.container = u"wav"_s;
    const auto converted = convert(m_sample.path, m_output->filePath(u"x"_s), options, {});
    setrlimit(RLIMIT_FSIZE, &old);
    QVERIFY(!converted);
    QCOMPARE(converted.error().code, u"disk_full"_s);
    QCOMPARE(converted.error().kind, ErrorKind::Unavailable);
    QVERIFY(left().isEmpty());
}

QTEST_GUILESS_MAIN(TestBadMedia)
#include "tst_bad_media.moc"
