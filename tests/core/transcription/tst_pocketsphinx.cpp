// SPDX-License-Identifier: Apache-2.0
#include "core/media/process.h"
#include "core/transcription/pocketsphinx_engine.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::transcription;

namespace {

QString dataFile(const QString& name)
{
    return qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u'/' + name;
}

PocketSphinxSettings withGrammar()
{
    return {{}, dataFile(u"speech.gram"_s)};
}

struct SpokenWord {
    QString text;
    qint64 startMs;
    qint64 endMs;
};

}

class TestPocketSphinx : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    void run(const QString& program, const QStringList& arguments)
    {
        const auto end = media::runProcess({.program = program, .arguments = arguments}, {});
        QVERIFY2(end && end->isSuccess(), end ? end->errorTail.constData() : qPrintable(end.error().message));
    }

    QString made(const QString& name, const QStringList& ffmpegArguments)
    {
        const QString path = m_folder.filePath(name);
        run(u"ffmpeg"_s, QStringList{u"-nostdin"_s, u"-v"_s, u"error"_s, u"-y"_s} + ffmpegArguments + QStringList{path});
        return path;
    }

    QString spoken(const QString& name, const QString& text)
    {
        const QString path = m_folder.filePath(name);
        run(u"flite"_s, {u"-voice"_s, u"awb"_s, u"-t"_s, text, u"-o"_s, path});
        return path;
    }

    void nothingIsLeftBehind() { QCOMPARE(QDir(m_folder.path()).entryList({u"transcribe-*"_s}, QDir::Dirs), QStringList{}); }

private slots:
    void wordsOfAGrammarComeAtTheirTimes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<qint64>("offsetMs");

        QTest::newRow("as it is") << QStringList{u"-c"_s, u"copy"_s} << qint64{0};
        QTest::newRow("stereo at 44,100") << QStringList{u"-ac"_s, u"2"_s, u"-ar"_s, u"44100"_s} << qint64{0};
        QTest::newRow("half a minute later") << QStringList{u"-af"_s, u"adelay=30000"_s} << qint64{30'000};
    }
    void wordsOfAGrammarComeAtTheirTimes()
    {
        // golden/pocketsphinx-capi.txt, the first run
        const QList<SpokenWord> expected{
            {u"go"_s, 500, 710},       {u"forward"_s, 710, 1260}, {u"ten"_s, 1320, 1590},
            {u"meters"_s, 1710, 2230}, {u"hello"_s, 3940, 4330},  {u"world"_s, 4330, 4880},
        };
        QFETCH(QStringList, arguments);
        QFETCH(qint64, offsetMs);
        const QString path = made(u"golden.wav"_s, QStringList{u"-i"_s, dataFile(u"speech.wav"_s)} + arguments);
        QList<double> progress;
        media::RunContext context;
        context.progress = [&](double fraction) { progress << fraction; };

        const auto transcript = transcribeWithPocketSphinx({.inputPath = path, .workFolder = m_folder.path()}, withGrammar(), context);
        QVERIFY2(transcript, qPrintable(transcript ? QString() : transcript.error().message));

        QCOMPARE(transcript->text, u"go forward ten meters hello world"_s);
        QCOMPARE(transcript->segments.size(), 2);
        QCOMPARE(transcript->segments[0].text, u"go forward ten meters"_s);
        QVERIFY(qAbs(transcript->durationMs - (6209 + offsetMs)) <= 2);
        const QList<TranscriptWord> words = transcript->segments[0].words + transcript->segments[1].words;
        QCOMPARE(words.size(), expected.size());
        for (qsizetype i = 0; i < words.size(); ++i) {
            QCOMPARE(words[i].text, expected[i].text);
            QVERIFY2(qAbs(words[i].startMs - offsetMs - expected[i].startMs) <= 80,
                     qPrintable(words[i].text + QString::number(words[i].startMs)));
            QVERIFY2(qAbs(words[i].endMs - offsetMs - expected[i].endMs) <= 80,
                     qPrintable(words[i].text + QString::number(words[i].endMs)));
            QVERIFY(!words[i].confidence);
        }
        QVERIFY(std::is_sorted(progress.cbegin(), progress.cend()));
        QCOMPARE(progress.last(), 1.0);
        nothingIsLeftBehind();
    }

    void speechIsMostlyRecognised()
    {
        const QString path = spoken(u"flite.wav"_s, u"Hello world. This is a test."_s);
        const auto transcript = transcribe(Engine::PocketSphinx, {.inputPath = path, .language = u"en"_s}, {});
        QVERIFY(transcript);
        int recognised = 0;
        for (const QString& word : {u"hello"_s, u"world"_s, u"this"_s, u"is"_s, u"a"_s, u"test"_s})
            recognised += transcript->text.split(u' ').contains(word) ? 1 : 0;
        QVERIFY2(recognised >= 5, qPrintable(transcript->text));
        QCOMPARE(transcript->engine, u"pocketsphinx"_s);
        QCOMPARE(transcript->engineVersion, u"5prealpha"_s);
        QCOMPARE(transcript->model, u"en-us"_s);
        QCOMPARE(transcript->language, u"en"_s);
        for (const TranscriptSegment& segment : transcript->segments) {
            QVERIFY(segment.confidence && *segment.confidence >= 0 && *segment.confidence <= 1);
            for (const TranscriptWord& word : segment.words) {
                QVERIFY(word.confidence && *word.confidence >= 0 && *word.confidence <= 1);
                QVERIFY2(!word.text.contains(u'(') && !word.text.contains(u'<') && !word.text.contains(u'['), qPrintable(word.text));
            }
        }

        const auto bare = transcribe(Engine::PocketSphinx, {.inputPath = path, .wordTimestamps = false}, {});
        QVERIFY(bare);
        QCOMPARE(bare->text, transcript->text);
        QVERIFY(bare->segments.first().words.isEmpty());
    }

    void theSameFileGivesTheSame()
    {
        const TranscribeRequest request{.inputPath = dataFile(u"speech.wav"_s)};
        const auto first = transcribe(Engine::PocketSphinx, request, {});
        const auto second = transcribe(Engine::PocketSphinx, request, {});
        QVERIFY(first && second);
        QVERIFY(!first->text.isEmpty());
        QCOMPARE(*first, *second);
    }

    void anUtteranceDoesNotDependOnWhatWasDecodedBefore()
    {
        const QString pcm = made(u"speech.s16le"_s, {u"-i"_s, dataFile(u"speech.wav"_s), u"-f"_s, u"s16le"_s});
        QFile file(pcm);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const std::span<const qint16> samples(reinterpret_cast<const qint16*>(bytes.constData()), static_cast<size_t>(bytes.size()) / 2);

        auto fresh = PocketSphinxDecoder::open({});
        auto used = PocketSphinxDecoder::open({});
        QVERIFY(fresh && used);
        std::vector<qint16> noise(48'000);    // what the front end learns of it must be forgotten
        std::minstd_rand random(1);
        for (qint16& sample : noise)
            sample = static_cast<qint16>(static_cast<int>(random() % 16'000) - 8000);
        QVERIFY(used->decode(noise, {}));
        QVERIFY(used->decode(samples.first(40'000), {}));
        QVERIFY(used->decode(samples.first(10), {}));
        const auto expected = fresh->decode(samples.subspan(50'000), {});
        QVERIFY(expected && !expected->isEmpty());
        QCOMPARE(*used->decode(samples.subspan(50'000), {}), *expected);
    }

    void wholeUtterancesGiveTheWordsOfTheReference()
    {
        // golden/pocketsphinx-capi.txt, the run with full_utt=1: our own blocks, with the mean taken over the whole, give the same
        const QString pcm = made(u"whole.s16le"_s, {u"-i"_s, dataFile(u"speech.wav"_s), u"-f"_s, u"s16le"_s});
        QFile file(pcm);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        auto decoder = PocketSphinxDecoder::open({});
        QVERIFY(decoder);
        const auto words = decoder->decode({reinterpret_cast<const qint16*>(bytes.constData()), static_cast<size_t>(bytes.size()) / 2}, {});
        QVERIFY(words);
        QStringList texts;
        for (const TranscriptWord& word : *words)
            texts << word.text;
        QCOMPARE(texts.join(u' '), u"okay or where do the earth oh we're all"_s);
        QCOMPARE(words->first().startMs, 530);
        QCOMPARE(words->last().endMs, 4840);
        QVERIFY(qAbs(*words->first().confidence - 0.230808) < 1e-5);
    }

    void silenceIsAnEmptyTranscript_data()
    {
        QTest::addColumn<QString>("source");
        QTest::newRow("digital silence") << u"anullsrc=r=16000:cl=mono:d=3"_s;
        QTest::newRow("a hiss") << u"anoisesrc=r=16000:a=0.01:d=3:seed=1"_s;
        QTest::newRow("shorter than a frame") << u"anullsrc=r=16000:cl=mono:d=0.005"_s;
    }
    void silenceIsAnEmptyTranscript()
    {
        QFETCH(QString, source);
        const auto transcript =
            transcribe(Engine::PocketSphinx, {.inputPath = made(u"silence.wav"_s, {u"-f"_s, u"lavfi"_s, u"-i"_s, source})}, {});
        QVERIFY2(transcript, qPrintable(transcript ? QString() : transcript.error().message));
        QCOMPARE(transcript->text, QString());
        QVERIFY(transcript->segments.isEmpty());
        QVERIFY(transcript->durationMs >= 5);
    }

    void soundThatStartsLateKeepsTheFilesClock()
    {
        const QString path =
            made(u"late.mp4"_s, {u"-f"_s, u"lavfi"_s, u"-i"_s, u"testsrc2=s=64x64:d=9"_s, u"-itsoffset"_s, u"2"_s, u"-i"_s,
                                 dataFile(u"speech.wav"_s), u"-map"_s, u"0:v"_s, u"-map"_s, u"1:a"_s, u"-preset"_s, u"ultrafast"_s});
        const auto transcript = transcribeWithPocketSphinx({.inputPath = path}, withGrammar(), {});
        QVERIFY(transcript && !transcript->segments.isEmpty());
        QVERIFY2(qAbs(transcript->segments[0].startMs - 2500) <= 80, qPrintable(QString::number(transcript->segments[0].startMs)));
    }

    void whatCannotBeDoneIsAClearError_data()
    {
        QTest::addColumn<TranscribeRequest>("request");
        QTest::addColumn<QString>("modelFolder");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("field");

        const QString speech = dataFile(u"speech.wav"_s);
        const QString text = dataFile(u"speech.gram"_s);
        QTest::newRow("another language") << TranscribeRequest{.inputPath = speech, .language = u"de"_s} << QString()
                                          << u"language_not_supported"_s << u"language"_s;
        QTest::newRow("another model") << TranscribeRequest{.inputPath = speech, .model = u"../x"_s} << QString()
                                       << u"model_not_available"_s << u"model"_s;
        QTest::newRow("no model installed") << TranscribeRequest{.inputPath = speech} << m_folder.path() << u"engine_missing"_s
                                            << u"engine"_s;
        QTest::newRow("not media") << TranscribeRequest{.inputPath = text} << QString() << u"not_media"_s << u"file_path"_s;
        QTest::newRow("no sound") << TranscribeRequest{.inputPath =
                                                           made(u"mute.mp4"_s, {u"-f"_s, u"lavfi"_s, u"-i"_s, u"testsrc2=s=64x64:d=0.2"_s})}
                                  << QString() << u"no_audio"_s << u"file_path"_s;
    }
    void whatCannotBeDoneIsAClearError()
    {
        QFETCH(TranscribeRequest, request);
        QFETCH(QString, modelFolder);
        request.workFolder = m_folder.path();
        const auto transcript = transcribeWithPocketSphinx(request, {modelFolder, {}}, {});
        QVERIFY(!transcript);
        QTEST(transcript.error().code, "code");
        QTEST(transcript.error().field, "field");
        if (transcript.error().code == u"engine_missing"_s)
            QVERIFY(transcript.error().message.contains(u"pocketsphinx-en-us"_s));
        nothingIsLeftBehind();
    }

    void aServerIsNotPretended()
    {
        const auto transcript = transcribe(Engine::OpenAi, {.inputPath = dataFile(u"speech.wav"_s)}, {});
        QVERIFY(!transcript);
        QCOMPARE(transcript.error().code, u"engine_not_available"_s);
        QCOMPARE(engineFromName(u"openai"_s), Engine::OpenAi);
        QCOMPARE(engineFromName(u"pocketsphinx"_s), Engine::PocketSphinx);
        QVERIFY(!engineFromName(u"whisper"_s));
    }

    void aCancelIsSeenBeforeAndWhileTheModelLoads()
    {
        const CancelSource source;
        source.cancel();
        const auto none = PocketSphinxDecoder::open({}, source.token());
        QVERIFY(!none);
        QCOMPARE(none.error().kind, ErrorKind::Cancelled);

        // Whenever it comes, the load ends with an answer, and with nothing left for the sanitizers to find.
        const CancelSource later;
        std::thread asking([&] { later.cancel(); });
        const auto some = PocketSphinxDecoder::open({}, later.token());
        asking.join();
        QVERIFY(some || some.error().kind == ErrorKind::Cancelled);
    }

    void aCancelIsSeenWithinAnUtterance()
    {
        const QString pcm = made(u"minute.s16le"_s, {u"-stream_loop"_s, u"9"_s, u"-i"_s, dataFile(u"speech.wav"_s), u"-f"_s, u"s16le"_s});
        QFile file(pcm);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.size() > 1'900'000);
        auto decoder = PocketSphinxDecoder::open({});
        QVERIFY(decoder);
        const CancelSource source;
        source.cancel();
        QElapsedTimer timer;
        timer.start();
        const auto words =
            decoder->decode({reinterpret_cast<const qint16*>(bytes.constData()), static_cast<size_t>(bytes.size()) / 2}, source.token());
        QVERIFY(!words);
        QCOMPARE(words.error().kind, ErrorKind::Cancelled);
        QVERIFY2(timer.elapsed() < 4000, qPrintable(QString::number(timer.elapsed())));    // all of it would take 15 s and more
        QVERIFY(!decoder->decode({reinterpret_cast<const qint16*>(bytes.constData()), 16'000}, {}));    // used up, not undefined
    }

    void aCancelLeavesNothing()
    {
        const QString path = dataFile(u"speech.wav"_s);
        const CancelSource source;
        media::RunContext context;
        context.cancel = source.token();
        std::thread canceller;
        QElapsedTimer sinceCancel;
        context.progress = [&](double fraction) {
            if (fraction < 0.2 && !canceller.joinable()) {    // the sound is decoded, recognition begins
                sinceCancel.start();
                canceller = std::thread([&] { source.cancel(); });
            }
        };
        const auto transcript = transcribe(Engine::PocketSphinx, {.inputPath = path, .workFolder = m_folder.path()}, context);
        const qint64 took = sinceCancel.elapsed();
        QVERIFY(canceller.joinable());
        canceller.join();
        QVERIFY(!transcript);
        QCOMPARE(transcript.error().kind, ErrorKind::Cancelled);
        QVERIFY2(took < 4000, qPrintable(QString::number(took)));    // most of it loads the model
        nothingIsLeftBehind();
    }
};

QTEST_GUILESS_MAIN(TestPocketSphinx)
#include "tst_pocketsphinx.moc"
