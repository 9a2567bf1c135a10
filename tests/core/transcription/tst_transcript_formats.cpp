// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/formats.h"
#include "core/transcription/normalise.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;
using namespace core::transcription;

namespace {

TranscriptSegment segment(qint64 startMs, qint64 endMs, const QString& text)
{
    return {startMs, endMs, text, std::nullopt, {}};
}

}

class TestTranscriptFormats : public QObject {
    Q_OBJECT

private slots:
    void cuesAreWritten_data()
    {
        QTest::addColumn<QList<TranscriptSegment>>("segments");
        QTest::addColumn<QString>("srt");
        QTest::addColumn<QString>("vtt");

        using Segments = QList<TranscriptSegment>;
        QTest::newRow("none") << Segments{} << u""_s << u"WEBVTT\n\n"_s;
        QTest::newRow("two") << Segments{segment(500, 2250, u"Go forward ten meters"_s), segment(3940, 4920, u"Hello, world"_s)}
                             << u"1\n00:00:00,500 --> 00:00:02,250\nGo forward ten meters\n\n"
                                "2\n00:00:03,940 --> 00:00:04,920\nHello, world\n\n"_s
                             << u"WEBVTT\n\n00:00:00.500 --> 00:00:02.250\nGo forward ten meters\n\n"
                                "00:00:03.940 --> 00:00:04.920\nHello, world\n\n"_s;
        QTest::newRow("past an hour, past a hundred")
            << Segments{segment(3'661'001, 360'000'000, u"x"_s)} << u"1\n01:01:01,001 --> 100:00:00,000\nx\n\n"_s
            << u"WEBVTT\n\n01:01:01.001 --> 100:00:00.000\nx\n\n"_s;
        QTest::newRow("markup is text") << Segments{segment(0, 1000, u"a < b & <i>c</i> {d}"_s)}
                                        << u"1\n00:00:00,000 --> 00:00:01,000\na < b & <i>c</i> {d}\n\n"_s
                                        << u"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na &lt; b &amp; &lt;i&gt;c&lt;/i&gt; {d}\n\n"_s;
        QTest::newRow("an arrow in the text") << Segments{segment(0, 1000, u"a --> b"_s)}
                                              << u"1\n00:00:00,000 --> 00:00:01,000\na --\u2060> b\n\n"_s
                                              << u"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na --&gt; b\n\n"_s;
        QTest::newRow("a blank line would end the cue") << Segments{segment(0, 1000, u"one\r\n\r\n \ntwo\rthree\u2028four"_s)}
                                                        << u"1\n00:00:00,000 --> 00:00:01,000\none\ntwo\nthree\nfour\n\n"_s
                                                        << u"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\none\ntwo\nthree\nfour\n\n"_s;
        QTest::newRow("control characters go") << Segments{segment(0, 1000, u"a\u0000\u001b\u0085b\tc"_s)}
                                               << u"1\n00:00:00,000 --> 00:00:01,000\nab c\n\n"_s
                                               << u"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nab c\n\n"_s;
        QTest::newRow("an empty cue is no cue")
            << Segments{segment(0, 10, u" \n "_s), segment(10, 20, u"x"_s)} << u"1\n00:00:00,010 --> 00:00:00,020\nx\n\n"_s
            << u"WEBVTT\n\n00:00:00.010 --> 00:00:00.020\nx\n\n"_s;
        QTest::newRow("the end is after the start, and nothing new overlaps")
            << Segments{segment(10, 10, u"x"_s), segment(10, 10, u"y"_s), segment(12, 20, u"z"_s)}
            << u"1\n00:00:00,010 --> 00:00:00,011\nx\n\n2\n00:00:00,011 --> 00:00:00,012\ny\n\n3\n00:00:00,012 --> 00:00:00,020\nz\n\n"_s
            << u"WEBVTT\n\n00:00:00.010 --> 00:00:00.011\nx\n\n00:00:00.011 --> 00:00:00.012\ny\n\n00:00:00.012 --> 00:00:00.020\nz\n\n"_s;
        QTest::newRow("an overlap that was there stays")
            << Segments{segment(0, 1000, u"x"_s), segment(500, 1500, u"y"_s)}
            << u"1\n00:00:00,000 --> 00:00:01,000\nx\n\n2\n00:00:00,500 --> 00:00:01,500\ny\n\n"_s
            << u"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nx\n\n00:00:00.500 --> 00:00:01.500\ny\n\n"_s;
        QTest::newRow("any script") << Segments{segment(0, 1000, u"žluťoučký 馬 \U0001F40E"_s)}
                                    << u"1\n00:00:00,000 --> 00:00:01,000\nžluťoučký 馬 \U0001F40E\n\n"_s
                                    << u"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nžluťoučký 馬 \U0001F40E\n\n"_s;
    }
    void cuesAreWritten()
    {
        QFETCH(QList<TranscriptSegment>, segments);
        QTEST(QString::fromUtf8(toSrt(segments)), "srt");
        QTEST(QString::fromUtf8(toWebVtt(segments)), "vtt");
    }

    void theDocumentCarriesEverything()
    {
        const Transcript transcript{u"pocketsphinx"_s,
                                    u"5prealpha"_s,
                                    u"en-us"_s,
                                    u"en"_s,
                                    6209,
                                    u"hello \"world\""_s,
                                    {{3940,
                                      4880,
                                      u"hello \"world\""_s,
                                      0.5,
                                      {{
                                           3940,
                                           4330,
                                           u"hello"_s,
                                           0.25,
                                       },
                                       {4330, 4880, u"\"world\""_s, std::nullopt}}}}};
        const auto json = nlohmann::json::parse(toJsonDocument(transcript).toStdString());
        const nlohmann::json words{{{"start_ms", 3940}, {"end_ms", 4330}, {"text", "hello"}, {"confidence", 0.25}},
                                   {{"start_ms", 4330}, {"end_ms", 4880}, {"text", "\"world\""}}};
        const nlohmann::json segments = nlohmann::json::array(
            {{{"start_ms", 3940}, {"end_ms", 4880}, {"text", "hello \"world\""}, {"confidence", 0.5}, {"words", words}}});
        const nlohmann::json expected{{"engine", "pocketsphinx"}, {"engine_version", "5prealpha"}, {"model", "en-us"},
                                      {"language", "en"},         {"duration_ms", 6209},           {"text", "hello \"world\""},
                                      {"segments", segments}};
        QVERIFY(json == expected);
    }

    void aTranscriptIsPutInOrder()
    {
        Transcript sent;
        sent.durationMs = 5000;
        sent.segments = {
            {4000,
             9000,
             u"last "_s,
             1.2,
             {{4500, 4400, u"backwards"_s, -0.1}, {4000, 4600, u" last "_s, 1.0002}, {4100, 4200, u" "_s, {}}}},
            segment(-200, 1000, u" first"_s),
            segment(900, 950, u"within the first"_s),
            segment(2000, 3000, u" \n"_s),
            segment(7000, 8000, u"after the end"_s),
        };
        const Transcript kept = normalised(sent);
        const QList<TranscriptSegment> expected{
            segment(0, 1000, u"first"_s),
            segment(1000, 1000, u"within the first"_s),
            {4000, 5000, u"last"_s, 1.0, {{4000, 4600, u"last"_s, 1.0}, {4600, 4600, u"backwards"_s, 0.0}}},
            segment(5000, 5000, u"after the end"_s),
        };
        QCOMPARE(kept.segments, expected);
        QCOMPARE(kept.text, u"first within the first last after the end"_s);
        QCOMPARE(normalised(kept), kept);
    }
};

QTEST_GUILESS_MAIN(TestTranscriptFormats)
#include "tst_transcript_formats.moc"
