// SPDX-License-Identifier: Apache-2.0
#include "core/captions/ass.h"
#include "core/captions/burn_in.h"
#include "core/media/probe.h"
#include "core/media/process.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::captions;

using Cues = QList<CaptionCue>;

namespace {

QString dataFile(const QString& name)
{
    return qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u'/' + name;
}

const Cues someCues{{500, 2250, u"Go forward ten meters"_s}, {3940, 4920, u"Hello, world"_s}};

}

class TestBurnIn : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    static QByteArray ffmpeg(const QStringList& arguments, const QString& folder = {})
    {
        const auto end = media::runProcess({.program = u"ffmpeg"_s,
                                            .arguments = QStringList{u"-nostdin"_s, u"-v"_s, u"error"_s, u"-y"_s} + arguments,
                                            .workingFolder = folder},
                                           {});
        return end && end->isSuccess() ? end->output : QByteArray();
    }

    QString made(const QString& name, const QStringList& arguments)
    {
        const QString path = m_folder.filePath(name);
        ffmpeg(arguments + QStringList{path});
        return path;
    }

    /// Grey pixels of the picture at a time.
    static QByteArray pictureAt(const QString& path, qint64 ms)
    {
        return ffmpeg({u"-ss"_s, QString::number(static_cast<double>(ms) / 1000), u"-i"_s, path, u"-frames:v"_s, u"1"_s, u"-pix_fmt"_s,
                       u"gray"_s, u"-f"_s, u"rawvideo"_s, u"-"_s});
    }

    /// Pixels that differ by more than any encoder makes them.
    static qsizetype changedPixels(const QString& a, const QString& b, qint64 ms)
    {
        const QByteArray one = pictureAt(a, ms);
        const QByteArray other = pictureAt(b, ms);
        if (one.isEmpty() || one.size() != other.size())
            return -1;
        qsizetype changed = 0;
        for (qsizetype i = 0; i < one.size(); ++i)
            changed += std::abs(static_cast<uchar>(one[i]) - static_cast<uchar>(other[i])) > 80 ? 1 : 0;
        return changed;
    }

    BurnInRequest request(const QString& input, const Cues& cues = someCues)
    {
        return {.inputPath = input, .outputPath = m_folder.filePath(u"output.part"_s), .cues = cues, .workFolder = m_folder.path()};
    }

    void nothingIsLeftBehind()
    {
        QVERIFY(!QFile::exists(m_folder.filePath(u"output.part"_s)));
        QCOMPARE(QDir(m_folder.path()).entryList({u"captions-*"_s}, QDir::Dirs), QStringList{});
    }

private slots:
    void captionsShowInTheirTimeOnly()
    {
        const QString clip = dataFile(u"media/clip.mp4"_s);
        QList<double> progress;
        media::RunContext context;
        context.progress = [&](double fraction) { progress << fraction; };
        const BurnInRequest asked = request(clip);
        const auto result = burnIn(asked, context);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message + result.error().detail));

        QCOMPARE(result->container, u"mp4"_s);
        QCOMPARE(result->fonts.used, QStringList{u"DejaVuSans"_s});
        QVERIFY(!result->isFontReplaced);
        QCOMPARE(result->lostFrames, 0);
        QVERIFY(qAbs(result->durationMs - 6200) <= 70);
        QCOMPARE(result->sizeBytes, QFile(asked.outputPath).size());
        QVERIFY(std::is_sorted(progress.cbegin(), progress.cend()));
        QCOMPARE(progress.last(), 1.0);

        for (const qint64 ms : {200, 3000, 5500})
            QVERIFY2(changedPixels(clip, asked.outputPath, ms) >= 0 && changedPixels(clip, asked.outputPath, ms) < 10,
                     qPrintable(QString::number(changedPixels(clip, asked.outputPath, ms))));
        for (const qint64 ms : {1000, 4400})
            QVERIFY2(changedPixels(clip, asked.outputPath, ms) > 100,
                     qPrintable(QString::number(changedPixels(clip, asked.outputPath, ms))));

        const QStringList soundHash{u"-map"_s, u"0:a"_s, u"-c"_s, u"copy"_s, u"-f"_s, u"md5"_s, u"-"_s};
        const QByteArray sound = ffmpeg(QStringList{u"-i"_s, clip} + soundHash);
        QVERIFY(!sound.isEmpty());
        QCOMPARE(ffmpeg(QStringList{u"-i"_s, asked.outputPath} + soundHash), sound);
        QCOMPARE(QDir(m_folder.path()).entryList({u"captions-*"_s}, QDir::Dirs), QStringList{});
    }

    void framesOutsideTheCuesAreUntouched()
    {
        // Raw frames before any encoder: exactly those of a run without the filter, or not.
        QFile script(m_folder.filePath(u"captions.ass"_s));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write(toAss(someCues, {}, QSize(320, 180)));
        script.close();
        const QStringList hashes{u"-an"_s, u"-f"_s, u"framemd5"_s, u"-"_s};
        const QStringList input{u"-i"_s, dataFile(u"media/clip.mp4"_s)};
        const QList<QByteArray> plain = ffmpeg(input + hashes).split('\n');
        const QList<QByteArray> drawn = ffmpeg(input + QStringList{u"-vf"_s, u"ass=captions.ass"_s} + hashes, m_folder.path()).split('\n');
        QCOMPARE(drawn.size(), plain.size());
        qint64 frame = 0;
        for (qsizetype i = 0; i < plain.size(); ++i) {
            if (plain[i].isEmpty() || plain[i].startsWith('#'))
                continue;
            const qint64 ms = frame++ * 40;
            const bool isInside = (ms >= 500 && ms < 2250) || (ms >= 3940 && ms < 4920);
            QVERIFY2((plain[i] != drawn[i]) == isInside, qPrintable(QString::number(ms)));
        }
        QCOMPARE(frame, 155);
    }

    void textInBracesShows()
    {
        const QString clip = dataFile(u"media/clip.mp4"_s);
        const auto result = burnIn(request(clip, {{0, 6200, u"{shown as it is}"_s}}), {});
        QVERIFY(result);
        QVERIFY(changedPixels(clip, m_folder.filePath(u"output.part"_s), 1000) > 100);
    }

    void hostileTextIsOnlyText()
    {
        // Taken as overrides these would hide the line, move it, or break the script.
        const QString clip = dataFile(u"media/clip.mp4"_s);
        const Cues cues{{0, 6200, u"{\\alpha&HFF&}{\\an8}visible\\N\r\n\r\n[Events]\nDialogue: 0,x"_s}};
        const auto result = burnIn(request(clip, cues), {});
        QVERIFY2(result, result ? "" : qPrintable(result.error().message + result.error().detail));
        QVERIFY(changedPixels(clip, m_folder.filePath(u"output.part"_s), 1000) > 100);
        const QByteArray before = pictureAt(clip, 1000);
        const QByteArray after = pictureAt(m_folder.filePath(u"output.part"_s), 1000);
        constexpr qsizetype topQuarter = 320 * 45;
        qsizetype changed = 0;
        for (qsizetype i = 0; i < topQuarter; ++i)
            changed += std::abs(static_cast<uchar>(before[i]) - static_cast<uchar>(after[i])) > 80 ? 1 : 0;
        QVERIFY2(changed < 10, "the caption moved to the top");
    }

    void otherShapesOfVideoWork_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("container");
        QTest::addColumn<QSize>("size");
        const QString clip = dataFile(u"media/clip.mp4"_s);
        QTest::newRow("no sound") << QStringList{u"-i"_s, clip, u"-an"_s, u"-c"_s, u"copy"_s, u"-t"_s, u"1"_s} << u"mute.mp4"_s << u"mp4"_s
                                  << QSize(320, 180);
        QTest::newRow("sound that mp4 does not take")
            << QStringList{u"-i"_s, clip, u"-c:v"_s, u"copy"_s, u"-c:a"_s, u"pcm_s16le"_s, u"-t"_s, u"2"_s} << u"pcm.mkv"_s << u"mkv"_s
            << QSize(320, 180);
        QTest::newRow("odd size") << QStringList{u"-i"_s,   clip,    u"-vf"_s, u"scale=161:91"_s, u"-an"_s, u"-c:v"_s,
                                                 u"ffv1"_s, u"-t"_s, u"1"_s}
                                  << u"odd.mkv"_s << u"mp4"_s << QSize(162, 92);
        QTest::newRow("turned") << QStringList{u"-i"_s, clip, u"-c"_s, u"copy"_s, u"-t"_s, u"1"_s, u"-metadata:s:v"_s, u"rotate=90"_s}
                                << u"turned.mp4"_s << u"mp4"_s << QSize(180, 320);
        QTest::newRow("a strange name") << QStringList{u"-i"_s, clip, u"-c"_s, u"copy"_s, u"-t"_s, u"1"_s} << u"it's 100%d [a],b;c:\\.mp4"_s
                                        << u"mp4"_s << QSize(320, 180);
        QTest::newRow("uneven frame times") << QStringList{u"-i"_s,     clip,     u"-vf"_s, u"select='not(mod(n,3))+lt(n,40)'"_s,
                                                           u"-vsync"_s, u"vfr"_s, u"-an"_s}
                                            << u"vfr.mp4"_s << u"mp4"_s << QSize(320, 180);
    }
    void otherShapesOfVideoWork()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, name);
        const QString input = m_folder.filePath(name);
        ffmpeg(arguments + QStringList{u"file:"_s + input});
        QVERIFY(QFile::exists(input));
        const auto result = burnIn(request(input, {{0, 1000, u"Hello"_s}}), {});
        QVERIFY2(result, result ? "" : qPrintable(result.error().message + result.error().detail));
        QTEST(result->container, "container");
        const auto output = media::probe(m_folder.filePath(u"output.part"_s), {});
        QVERIFY(output);
        const media::ProbeStream& video = *output->facts.first(u"video");
        QTEST(QSize(*video.width, *video.height), "size");
        QCOMPARE(video.rotationDeg, 0);
    }

    void aReplacedFontIsReported()
    {
        BurnInRequest asked = request(dataFile(u"media/clip.mp4"_s), {{0, 1000, u"Hello \U0010FE12"_s}});
        asked.style.font = u"Nonesuch Grotesk"_s;
        const auto result = burnIn(asked, {});
        QVERIFY(result);
        QVERIFY(result->isFontReplaced);
        QVERIFY(!result->fonts.used.isEmpty());
        QCOMPARE(result->fonts.missingCharacters, u"\U0010FE12"_s);
    }

    void withoutAnyFontItFails()
    {
        QFile config(m_folder.filePath(u"no-fonts.conf"_s));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig></fontconfig>");
        config.close();
        const auto restored = qScopeGuard([before = qgetenv("FONTCONFIG_FILE"), wasSet = qEnvironmentVariableIsSet("FONTCONFIG_FILE")] {
            if (wasSet)
                qputenv("FONTCONFIG_FILE", before);
            else
                qunsetenv("FONTCONFIG_FILE");
        });
        qputenv("FONTCONFIG_FILE", QFile::encodeName(config.fileName()));
        QFile::remove(m_folder.filePath(u"output.part"_s));
        const auto result = burnIn(request(dataFile(u"media/clip.mp4"_s)), {});
        QVERIFY(!result);
        QCOMPARE(result.error().code, u"font_missing"_s);
        QVERIFY(result.error().message.contains(u"fonts-dejavu-core"_s));
        nothingIsLeftBehind();
    }

    void whatCannotBeDoneIsAClearError_data()
    {
        QTest::addColumn<QString>("input");
        QTest::addColumn<Cues>("cues");
        QTest::addColumn<QString>("code");
        const QString clip = dataFile(u"media/clip.mp4"_s);
        QTest::newRow("sound only") << dataFile(u"speech.wav"_s) << someCues << u"no_video"_s;
        QTest::newRow("a still") << made(u"still.png"_s, {u"-f"_s, u"lavfi"_s, u"-i"_s, u"testsrc2=s=64x64"_s, u"-frames:v"_s, u"1"_s})
                                 << someCues << u"no_video"_s;
        QTest::newRow("no cues") << clip << Cues{} << u"no_cues"_s;
        QTest::newRow("blank cues") << clip << Cues{{0, 1000, u" \n "_s}} << u"no_cues"_s;
        QTest::newRow("after the end") << clip << Cues{{7000, 8000, u"late"_s}} << u"no_cues"_s;
        QTest::newRow("backwards") << clip << Cues{{1000, 500, u"x"_s}} << u"cue_times"_s;
        QTest::newRow("before the start") << clip << Cues{{-10, 500, u"x"_s}} << u"cue_times"_s;
        QTest::newRow("no such file") << clip + u"x"_s << someCues << u"file_missing"_s;
    }
    void whatCannotBeDoneIsAClearError()
    {
        QFETCH(QString, input);
        QFETCH(Cues, cues);
        QFile::remove(m_folder.filePath(u"output.part"_s));
        const auto result = burnIn(request(input, cues), {});
        QVERIFY(!result);
        QTEST(result.error().code, "code");
        nothingIsLeftBehind();
    }

    void aCancelLeavesNothing()
    {
        const QString input = made(u"long.mp4"_s, {u"-stream_loop"_s, u"60"_s, u"-i"_s, dataFile(u"media/clip.mp4"_s), u"-c"_s, u"copy"_s});
        QFile::remove(m_folder.filePath(u"output.part"_s));
        const CancelSource source;
        media::RunContext context;
        context.cancel = source.token();
        QElapsedTimer sinceCancel;
        context.progress = [&](double) {
            if (!sinceCancel.isValid())
                sinceCancel.start();
            source.cancel();    // while ffmpeg is at it
        };
        const auto result = burnIn(request(input), context);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        QVERIFY(sinceCancel.isValid());
        QVERIFY2(sinceCancel.elapsed() < 1500, qPrintable(QString::number(sinceCancel.elapsed())));
        nothingIsLeftBehind();
    }
};

QTEST_GUILESS_MAIN(TestBurnIn)
#include "tst_burn_in.moc"
