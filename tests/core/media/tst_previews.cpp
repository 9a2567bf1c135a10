// SPDX-License-Identifier: Apache-2.0
#include "core/media/image_size.h"
#include "core/media/peaks.h"
#include "core/media/thumbnail.h"
#include "tests/support/embedded_store.h"
#include "tests/support/sample.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace core::media;
using core::ErrorKind;

namespace {

using Samples = QList<qint16>;

QByteArrayView bytesOf(const Samples& samples)
{
    return {reinterpret_cast<const char*>(samples.constData()), samples.size() * qsizetype(sizeof(qint16))};
}

/// A mono WAV file: loud (a 440 Hz tone at that height), silent, loud again, a second each; or whatever else is given.
bool writeWav(const QString& path, const Samples& samples, quint32 rate)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    const auto number = [](auto value) { return QByteArray(reinterpret_cast<const char*>(&value), sizeof value); };
    const auto data = bytesOf(samples);
    file.write("RIFF" + number(quint32(36 + data.size())) + "WAVEfmt " + number(quint32(16)) + number(quint16(1)) + number(quint16(1)) +
               number(rate) + number(rate * 2) + number(quint16(2)) + number(quint16(16)) + "data" + number(quint32(data.size())));
    return file.write(data.data(), data.size()) == data.size();
}

Samples loudSilentLoud(int rate)
{
    Samples samples;
    for (int i = 0; i < 3 * rate; ++i) {
        const bool silent = i >= rate && i < 2 * rate;
        samples << qint16(silent ? 0 : std::lround(16000 * std::sin(2 * M_PI * 440 * i / rate)));
    }
    return samples;
}

}

/// What the console draws of a file: the shape of its sound, one of its pictures. Real runs of ffmpeg.
class TestPreviews : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_sample = test_support::sample();
        QVERIFY2(!m_sample.path.isEmpty(), qPrintable(m_sample.error));
    }

    void theCollectorKeepsEveryExtreme_data()
    {
        QTest::addColumn<int>("buckets");
        QTest::addColumn<int>("samples");
        QTest::newRow("fewer samples than buckets") << 100 << 7;
        QTest::newRow("as many") << 16 << 16;
        QTest::newRow("halved often") << 4 << 100'003;
        QTest::newRow("one bucket") << 1 << 5'000;
        QTest::newRow("none") << 8 << 0;
    }
    void theCollectorKeepsEveryExtreme()
    {
        QFETCH(int, buckets);
        QFETCH(int, samples);
        Samples all;
        for (int i = 0; i < samples; ++i)
            all << qint16((i * 7919) % 20'011 - 10'000);
        PeakCollector collector(buckets);
        const auto bytes = bytesOf(all);
        for (qsizetype at = 0; at < bytes.size(); at += 13)    // odd pieces split samples
            collector.add(bytes.sliced(at, std::min<qsizetype>(13, bytes.size() - at)));
        QCOMPARE(collector.samples(), qint64(samples));
        const auto pieces = collector.pieces();
        QCOMPARE(pieces.size(), std::min(buckets, samples));
        for (qsizetype i = 0; i < pieces.size(); ++i) {
            const qint64 first = i * samples / pieces.size();
            const qint64 last = (i + 1) * samples / pieces.size();
            const auto [low, high] = std::minmax_element(all.begin() + first, all.begin() + last);
            QVERIFY(pieces[i].low <= *low && pieces[i].high >= *high);
        }
    }

    void loudAndSilentPartsAreWhereTheyAre()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"tone.wav"_s);
        QVERIFY(writeWav(path, loudSilentLoud(16'000), 16'000));
        const auto peaks = readPeaks(path, 300, {});
        QVERIFY2(peaks, qPrintable(peaks ? QString() : peaks.error().message));
        QCOMPARE(peaks->durationMs, 3000);
        QCOMPARE(peaks->pieces.size(), 300);
        for (qsizetype i = 0; i < 300; ++i) {
            const Peak& peak = peaks->pieces[i];
            if (i < 99 || i > 200)
                QVERIFY2(peak.high > 15'500 && peak.high <= 16'100 && peak.low < -15'500, qPrintable(QString::number(i)));
            else if (i > 100 && i < 199)
                QVERIFY2(peak == Peak{}, qPrintable(QString::number(i)));
        }
    }

    void theSampleIsSilentWhereItSaysSo()
    {
        const auto peaks = readPeaks(m_sample.path, 1200, {});
        QVERIFY(peaks);
        QVERIFY(std::abs(peaks->durationMs - m_sample.durationMs) < 100);
        const auto loudest = [&](qint64 fromMs, qint64 toMs) {
            int most = 0;
            for (qint64 i = fromMs * 1200 / peaks->durationMs; i < toMs * 1200 / peaks->durationMs && i < 1200; ++i)
                most = std::max({most, int(peaks->pieces[i].high), -int(peaks->pieces[i].low)});
            return most;
        };
        for (const auto& [start, end] : m_sample.silencesMs)
            QVERIFY(loudest(start + 60, end - 60) < 1000);
        QVERIFY(loudest(m_sample.silencesMs[0].second, m_sample.silencesMs[1].first) > 5000);
    }

    void peaksOfWhatHasNoSoundAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("buckets");
        QTest::addColumn<QString>("code");
        QTest::newRow("garbage") << QByteArray(5000, 'x') << 100 << u"not_media"_s;
        QTest::newRow("empty") << QByteArray() << 100 << u"file_empty"_s;
        QTest::newRow("playlist") << "#EXTM3U\nhttp://localhost/a.ts\n"_ba << 100 << u"format_not_allowed"_s;
        QTest::newRow("no buckets") << "x"_ba << 0 << u"out_of_range"_s;
        QTest::newRow("too many buckets") << "x"_ba << 65'537 << u"out_of_range"_s;
    }
    void peaksOfWhatHasNoSoundAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, buckets);
        QTemporaryDir folder;
        QFile file(folder.filePath(u"a.bin"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        const auto peaks = readPeaks(file.fileName(), buckets, {});
        QVERIFY(!peaks);
        QTEST(peaks.error().code, "code");
    }

    void aVideoWithoutSoundSaysSo()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"mute.mp4"_s);
        QVERIFY(!test_support::outputOf(u"ffmpeg"_s, {u"-nostdin"_s, u"-v"_s, u"error"_s, u"-y"_s, u"-i"_s, m_sample.path, u"-an"_s,
                                                      u"-c"_s, u"copy"_s, u"-progress"_s, u"pipe:1"_s, path})
                     .isEmpty());
        const auto peaks = readPeaks(path, 100, {});
        QVERIFY(!peaks);
        QCOMPARE(peaks.error().code, u"no_audio"_s);
    }

    void aStopIsHeard()
    {
        RunContext context;
        const core::CancelSource mine;
        const core::CancelSource closing;
        context.cancel = mine.token().joinedWith(closing.token());
        QVERIFY(!context.cancel.isCancelled());
        closing.cancel();
        QVERIFY(context.cancel.isCancelled());
        const auto peaks = readPeaks(m_sample.path, 100, context);
        QVERIFY(!peaks);
        QCOMPARE(peaks.error().kind, ErrorKind::Cancelled);
    }

    void theWallTimeIsKept()
    {
        RunContext context;
        context.limits.wallTime = std::chrono::milliseconds(0);
        const auto picture = readThumbnail(m_sample.path, 0, 160, context);
        QVERIFY(!picture);
        QCOMPARE(picture.error().kind, ErrorKind::TimedOut);
    }

    void aThumbnailIsThePictureOfItsTime_data()
    {
        QTest::addColumn<qint64>("atMs");
        QTest::addColumn<int>("width");
        QTest::newRow("start") << qint64(0) << 160;
        QTest::newRow("middle") << qint64(5'500) << 320;
        QTest::newRow("the very end") << qint64(12'000) << 160;
        QTest::newRow("long after the end") << qint64(99'000) << 4096;
        QTest::newRow("before the start") << qint64(-4) << 16;
    }
    void aThumbnailIsThePictureOfItsTime()
    {
        QFETCH(qint64, atMs);
        QFETCH(int, width);
        const auto picture = readThumbnail(m_sample.path, atMs, width, {});
        QVERIFY2(picture, qPrintable(picture ? QString() : picture.error().message));
        const auto size = imageSize(*picture);
        QVERIFY(size);
        QCOMPARE(size->width, width);
        QVERIFY(std::abs(size->height - width * 9 / 16) <= 1);
    }

    void soundHasNoThumbnail()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"tone.wav"_s);
        QVERIFY(writeWav(path, loudSilentLoud(8'000), 8'000));
        const auto picture = readThumbnail(path, 0, 160, {});
        QVERIFY(!picture);
        QCOMPARE(picture.error().code, u"no_video"_s);
        QCOMPARE(readThumbnail(path, 0, 15, {}).error().code, u"out_of_range"_s);
    }

    void theBackendAnswersByKey()
    {
        test_support::EmbeddedStore store;
        QCOMPARE(store.open(), QString());
        QVERIFY(QFile::copy(m_sample.path, store.path(u"a.mp4"_s)));
        const auto peaks = store.backend->peaks(u"a.mp4"_s, 64, {}).wait();
        QVERIFY(peaks);
        QCOMPARE(peaks->pieces.size(), 64);
        QVERIFY(store.backend->posterFrame(u"a.mp4"_s, 1000, 320, {}).wait().has_value());
        QCOMPARE(store.backend->peaks(u"gone.mp4"_s, 64, {}).wait().error().code, u"file_missing"_s);
        QCOMPARE(store.backend->posterFrame(u"../a.mp4"_s, 0, 64, {}).wait().error().code, u"bad_key"_s);
    }

    void closingDoesNotWaitForPreviews()
    {
        test_support::EmbeddedStore store;
        QTemporaryDir folder;
        QFile script(folder.filePath(u"slow"_s));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nexec tail -f /dev/null\n");
        script.close();
        QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        store.options.tools.ffprobe = script.fileName();
        QCOMPARE(store.open(), QString());
        QVERIFY(QFile::copy(m_sample.path, store.path(u"a.mp4"_s)));
        const auto pending = store.backend->peaks(u"a.mp4"_s, 64, {});
        QElapsedTimer clock;
        clock.start();
        store.backend.reset();
        QVERIFY(clock.elapsed() < 10'000);
        QCOMPARE(pending.wait().error().kind, ErrorKind::Cancelled);
    }

private:
    test_support::Sample m_sample;
};

QTEST_MAIN(TestPreviews)
#include "tst_previews.moc"
