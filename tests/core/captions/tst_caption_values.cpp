// SPDX-License-Identifier: Apache-2.0
#include "core/captions/ass.h"
#include "core/captions/cues.h"
#include "core/captions/fonts.h"
#include "core/captions/renderer.h"
#include "core/captions/style.h"

#include <QSet>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::captions;

using Cues = QList<CaptionCue>;

class TestCaptionValues : public QObject {
    Q_OBJECT

private slots:
    void textIsEscaped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("escaped");
        QTest::newRow("plain, with commas") << u"Hello, world"_s << u"Hello, world"_s;
        QTest::newRow("an override block") << u"{\\an8}up"_s << u"\\{\\\u2060an8\\}up"_s;
        QTest::newRow("braces") << u"a {b} c"_s << u"a \\{b\\} c"_s;
        QTest::newRow("what looks like a line break") << u"C:\\New\\hat"_s << u"C:\\\u2060New\\\u2060hat"_s;
        QTest::newRow("a backslash before a brace") << u"\\{"_s << u"\\\u2060\\{"_s;
        QTest::newRow("line breaks") << u"one\r\ntwo\nthree\u2028four"_s << u"one\\Ntwo\\Nthree\\Nfour"_s;
        QTest::newRow("control characters") << u"a\u0000\u0007\u0085b\tc"_s << u"ab c"_s;
        QTest::newRow("any script") << u"馬 \U0001F40E"_s << u"馬 \U0001F40E"_s;
    }
    void textIsEscaped()
    {
        QFETCH(QString, text);
        QTEST(escapedForAss(text), "escaped");
    }

    void timesAreRoundedOnce_data()
    {
        QTest::addColumn<Cues>("cues");
        QTest::addColumn<QStringList>("times");
        QTest::newRow("to 10 ms") << Cues{{504, 2255, u"x"_s}} << QStringList{u"0:00:00.50,0:00:02.26"_s};
        QTest::newRow("hours") << Cues{{36'061'000, 36'062'000, u"x"_s}} << QStringList{u"10:01:01.00,10:01:02.00"_s};
        QTest::newRow("the end is after the start") << Cues{{1000, 1000, u"x"_s}} << QStringList{u"0:00:01.00,0:00:01.01"_s};
        QTest::newRow("no new overlap") << Cues{{1000, 1004, u"x"_s}, {1004, 2000, u"y"_s}}
                                        << QStringList{u"0:00:01.00,0:00:01.01"_s, u"0:00:01.01,0:00:02.00"_s};
        QTest::newRow("an overlap that was there")
            << Cues{{1000, 2000, u"x"_s}, {1500, 2500, u"y"_s}} << QStringList{u"0:00:01.00,0:00:02.00"_s, u"0:00:01.50,0:00:02.50"_s};
        QTest::newRow("in order, without the empty") << Cues{{3000, 4000, u"y"_s}, {2000, 2500, u" \n"_s}, {0, 1000, u"x"_s}}
                                                     << QStringList{u"0:00:00.00,0:00:01.00"_s, u"0:00:03.00,0:00:04.00"_s};
    }
    void timesAreRoundedOnce()
    {
        QFETCH(Cues, cues);
        QStringList times;
        for (const QString& line : QString::fromUtf8(toAss(cues, {}, QSize(1920, 1080))).split(u'\n')) {
            if (line.startsWith(u"Dialogue: 0,"_s))
                times << line.mid(12, line.indexOf(u",Caption"_s) - 12);
        }
        QTEST(times, "times");
    }

    void aStyleBecomesItsLine_data()
    {
        QTest::addColumn<CaptionStyle>("style");
        QTest::addColumn<QSize>("picture");
        QTest::addColumn<QString>("line");
        QTest::newRow("default, full size")
            << CaptionStyle{} << QSize(1920, 1080)
            << u"Style: Caption,DejaVu Sans,54.00,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3.00,0,2,60,60,60,1"_s;
        QTest::newRow("half the size, blue comes first")
            << CaptionStyle{.font = u"Serif"_s,
                            .fontSize = 60,
                            .primaryColor = u"#12aBcd"_s,
                            .outline = 1,
                            .position = CaptionPosition::Top,
                            .bold = true}
            << QSize(540, 960)
            << u"Style: Caption,Serif,30.00,&H00CDAB12,&H00CDAB12,&H00000000,&H80000000,-1,0,0,0,100,100,0,0,1,0.50,0,8,30,30,30,1"_s;
        QTest::newRow("middle, italic")
            << CaptionStyle{.position = CaptionPosition::Middle, .italic = true} << QSize(1080, 1080)
            << u"Style: Caption,DejaVu Sans,54.00,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,0,-1,0,0,100,100,0,0,1,3.00,0,5,60,60,60,1"_s;
    }
    void aStyleBecomesItsLine()
    {
        QFETCH(CaptionStyle, style);
        QFETCH(QSize, picture);
        QFETCH(QString, line);
        const QString script = QString::fromUtf8(toAss({{0, 1, u"x"_s}}, style, picture));
        QVERIFY2(script.contains(u'\n' + line + u'\n'), qPrintable(script));
        QVERIFY(script.contains(u"\nPlayResX: %1\nPlayResY: %2\n"_s.arg(picture.width()).arg(picture.height())));
        QVERIFY(script.startsWith(u"[Script Info]\n"_s));
    }

    void aBadStyleNamesItsField_data()
    {
        QTest::addColumn<CaptionStyle>("style");
        QTest::addColumn<QString>("field");
        QTest::newRow("a font with a comma") << CaptionStyle{.font = u"A,99"_s} << u"style/font"_s;
        QTest::newRow("a font with a line break") << CaptionStyle{.font = u"A\nStyle: x"_s} << u"style/font"_s;
        QTest::newRow("no font") << CaptionStyle{.font = u" "_s} << u"style/font"_s;
        QTest::newRow("a colour by name") << CaptionStyle{.primaryColor = u"red"_s} << u"style/primary_color"_s;
        QTest::newRow("a colour with more") << CaptionStyle{.outlineColor = u"#000000\n"_s} << u"style/outline_color"_s;
        QTest::newRow("no size") << CaptionStyle{.fontSize = 0} << u"style/font_size"_s;
        QTest::newRow("a size that is no number")
            << CaptionStyle{.fontSize = std::numeric_limits<double>::quiet_NaN()} << u"style/font_size"_s;
        QTest::newRow("a negative outline") << CaptionStyle{.outline = -1} << u"style/outline"_s;
        QTest::newRow("a huge margin") << CaptionStyle{.marginPx = 501} << u"style/margin_px"_s;
    }
    void aBadStyleNamesItsField()
    {
        QFETCH(CaptionStyle, style);
        const auto checked = checkStyle(style);
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, u"bad_style"_s);
        QTEST(checked.error().field, "field");
    }

    void presetsAreGoodAndDistinct()
    {
        QSet<QString> ids;
        for (const BuiltinPreset& preset : builtinPresets()) {
            QVERIFY2(checkStyle(preset.style), qPrintable(preset.name));
            ids << preset.id.text;
        }
        QCOMPARE(ids, (QSet<QString>{u"builtin-clean"_s, u"builtin-bold"_s, u"builtin-serif"_s, u"builtin-top"_s}));
    }

    void wordsAreJoinedWithinTheLimits()
    {
        const Cues words{
            {0, 400, u"aaa"_s}, {500, 900, u"bbb"_s}, {1000, 1400, u"ccc"_s}, {1500, 9000, u"dd"_s}, {9000, 9100, u"much-too-long"_s}};
        const Cues joined = cuesFromWords(words, {.characters = 7, .lengthMs = 3000});
        const Cues expected{{0, 900, u"aaa bbb"_s}, {1000, 1400, u"ccc"_s}, {1500, 9000, u"dd"_s}, {9000, 9100, u"much-too-long"_s}};
        QCOMPARE(joined, expected);
        QVERIFY(cuesFromWords({}).isEmpty());
    }

    void withoutAServiceTheRendererIsLocal()
    {
        const auto automatic = chooseRenderer(Renderer::Auto);
        QVERIFY(automatic);
        QCOMPARE(automatic->renderer, Renderer::Local);
        QCOMPARE(automatic->fallbackReason, u"no render service is configured"_s);
        const auto local = chooseRenderer(Renderer::Local);
        QVERIFY(local && local->renderer == Renderer::Local && local->fallbackReason.isEmpty());
        const auto remotion = chooseRenderer(Renderer::Remotion);
        QVERIFY(!remotion);
        QCOMPARE(remotion.error().code, u"renderer_not_available"_s);
        QCOMPARE(rendererFromName(u"remotion"_s), Renderer::Remotion);
        QVERIFY(!rendererFromName(u"Remotion "_s));
    }

    void fontLinesAreRead()
    {
        FontReport report;    // as ffmpeg 5.1.9 with libass 0.17.1 writes them
        report.readLogLine("[Parsed_ass_0 @ 0x55] [info] fontselect: (Nonesuch, A, 400, 0) -> /usr/share/fonts/a, b.ttf, 0, DejaVuSans");
        report.readLogLine("[Parsed_ass_0 @ 0x55] [info] Glyph 0x99AC not found, selecting one more font for (Nonesuch, A, 400, 0)");
        report.readLogLine(
            "[Parsed_ass_0 @ 0x55] [warning] fontselect: failed to find any fallback with glyph 0x99AC for font: (Nonesuch, A, 400, 0)");
        report.readLogLine(
            "[Parsed_ass_0 @ 0x55] [warning] fontselect: failed to find any fallback with glyph 0x0 for font: (Nonesuch, A, 400, 0)");
        QCOMPARE(report.used, QStringList{u"DejaVuSans"_s});
        QCOMPARE(report.missingCharacters, u"馬"_s);
        QVERIFY(report.isReplaced(u"Nonesuch"_s));
        QVERIFY(!report.isReplaced(u"DejaVu Sans"_s));
    }
};

QTEST_GUILESS_MAIN(TestCaptionValues)
#include "tst_caption_values.moc"
