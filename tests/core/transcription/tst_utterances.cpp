// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/utterances.h"

#include <QTest>

#include <vector>

using namespace Qt::StringLiterals;
using namespace core::transcription;

namespace {

struct Stretch {
    qsizetype frames;
    float level;
};

using Stretches = QList<Stretch>;
using Utterances = QList<Utterance>;

}

class TestUtterances : public QObject {
    Q_OBJECT

private slots:
    void recordingsAreCutAtPauses_data()
    {
        QTest::addColumn<Stretches>("recording");
        QTest::addColumn<Utterances>("expected");

        QTest::newRow("nothing") << Stretches{} << Utterances{};
        QTest::newRow("silence") << Stretches{{500, -100}} << Utterances{};
        QTest::newRow("a hiss that never rises") << Stretches{{200, -40}, {200, -37}} << Utterances{};
        QTest::newRow("faint") << Stretches{{200, -90}, {200, -62}} << Utterances{};
        QTest::newRow("two, with padding") << Stretches{{50, -100}, {100, -20}, {100, -100}, {50, -20}, {80, -100}}
                                           << Utterances{{30, 170}, {230, 320}};
        QTest::newRow("padding never overlaps")
            << Stretches{{10, -100}, {100, -20}, {40, -100}, {50, -20}, {5, -100}} << Utterances{{0, 130}, {130, 205}};
        QTest::newRow("a short gap is no pause")
            << Stretches{{50, -100}, {100, -20}, {39, -100}, {50, -20}, {50, -100}} << Utterances{{30, 259}};
        QTest::newRow("pauses in noise") << Stretches{{50, -45}, {100, -20}, {100, -45}, {50, -20}, {50, -45}}
                                         << Utterances{{30, 170}, {230, 320}};
        QTest::newRow("a quiet recording") << Stretches{{50, -90}, {100, -50}, {100, -90}, {50, -50}, {50, -90}}
                                           << Utterances{{30, 170}, {230, 320}};
        QTest::newRow("a click") << Stretches{{100, -100}, {4, -20}, {100, -100}} << Utterances{};
        QTest::newRow("a long one is cut where it is quietest")
            << Stretches{{300, -100}, {1000, -20}, {20, -29}, {1000, -20}, {300, -100}} << Utterances{{280, 1305}, {1305, 2340}};
    }
    void recordingsAreCutAtPauses()
    {
        QFETCH(Stretches, recording);
        std::vector<float> levels;
        for (const Stretch& stretch : recording)
            levels.insert(levels.end(), static_cast<size_t>(stretch.frames), stretch.level);
        QTEST(cutAtPauses(levels), "expected");
    }

    void noUtteranceIsTooLong()
    {
        const std::vector<float> levels = [] {
            std::vector<float> loud(20'000, -20.0F);
            std::fill(loud.begin(), loud.begin() + 3000, -90.0F);
            return loud;
        }();
        const Utterances utterances = cutAtPauses(levels);
        QVERIFY(utterances.size() > 1);
        for (qsizetype i = 0; i < utterances.size(); ++i) {
            QVERIFY(utterances[i].endFrame - utterances[i].startFrame <= UtteranceRules{}.longest);
            QVERIFY(utterances[i].startFrame < utterances[i].endFrame);
            QVERIFY(i == 0 || utterances[i - 1].endFrame == utterances[i].startFrame);
        }
        QCOMPARE(utterances.last().endFrame, 20'000);
    }

    void levelsAreInDecibel()
    {
        QCOMPARE(levelOf({}), -100.0F);
        QCOMPARE(levelOf(std::vector<qint16>(160, 0)), -100.0F);
        QCOMPARE(qRound(levelOf(std::vector<qint16>(160, -32768))), 0);
        QCOMPARE(qRound(levelOf(std::vector<qint16>(160, 3277))), -20);
    }
};

QTEST_GUILESS_MAIN(TestUtterances)
#include "tst_utterances.moc"
