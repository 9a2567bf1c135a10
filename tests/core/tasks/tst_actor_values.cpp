// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/actor_output.h"

#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;

/// What actors make of payloads before any tool runs.
class TestActorValues : public QObject {
    Q_OBJECT

private slots:
    void captionsFollowTheWords()
    {
        TranscriptSegment spoken{0, 15'000, {}, {}, {}};
        for (int i = 0; i < 30; ++i)    // half a second each: fifteen seconds without a pause
            spoken.words.append({i * 500, i * 500 + 400, u"word"_s, {}});
        const TranscriptSegment plain{16'000, 17'000, u"no words here"_s, {}, {}};
        TranscriptionGenerateOutput transcript;
        transcript.segments = {spoken, plain};
        const auto cues = captionCuesOf(transcript);
        QVERIFY(cues.size() >= 4);
        for (const auto& cue : cues)
            QVERIFY(cue.endMs - cue.startMs <= 6000 && cue.text.size() <= 84);
        QCOMPARE(cues.first().startMs, 0);
        QCOMPARE(cues.at(cues.size() - 2).endMs, 14'900);
        QCOMPARE(cues.last().text, u"no words here"_s);
    }

    void anyNameLeavesRoomForItsSuffix_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << u"clip"_s;
        QTest::newRow("long") << QString(250, u'a');
        QTest::newRow("long in bytes") << QString(125, u'\u00e4');
        QTest::newRow("three bytes each") << QString(83, u'\u65e5');
        QTest::newRow("pairs") << u"x"_s + u"\U0001F40E"_s.repeated(62);
    }
    void anyNameLeavesRoomForItsSuffix()
    {
        QFETCH(QString, name);
        const QString base = outputBaseName(u"inputs/"_s + name + u".mp4"_s);
        QVERIFY((base + u"-captioned.matroska"_s).toUtf8().size() <= 255);
        QVERIFY(!base.isEmpty() && !base.toUtf8().contains('?'));
        if (name.toUtf8().size() <= 200)
            QCOMPARE(base, name);
        else
            QVERIFY(base.toUtf8().size() > 190);    // no shorter than it must be
        QCOMPARE(outputBaseName(u"inputs/.mp4"_s), u"output"_s);
    }
};

QTEST_APPLESS_MAIN(TestActorValues)
#include "tst_actor_values.moc"
