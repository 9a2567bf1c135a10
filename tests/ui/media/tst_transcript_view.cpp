// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/formats.h"
#include "tests/ui/media/media_fixture.h"
#include "ui/media/transcript_model.h"
#include "ui/media/transcript_view.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>

#include <limits>

using namespace Qt::StringLiterals;
using core::tasks::TranscriptionGenerateOutput;
using core::tasks::TranscriptSegment;
using core::tasks::TranscriptWord;
using test_support::ConsoleFixture;
using ui::TranscriptModel;

namespace {

/// A cue whose words are as sure as `sure` says; those it does not name are at 0.95.
TranscriptSegment cue(qint64 startMs, qint64 endMs, const QString& text, double confidence, const QHash<QString, double>& sure = {})
{
    TranscriptSegment segment{startMs, endMs, text, confidence, {}};
    const auto words = text.split(u' ');
    const qint64 each = (endMs - startMs) / words.size();
    for (qsizetype i = 0; i < words.size(); ++i)
        segment.words << TranscriptWord{startMs + i * each, startMs + (i + 1) * each, words[i], sure.value(words[i], 0.95)};
    return segment;
}

/// The cues of picture 3.
TranscriptionGenerateOutput interview()
{
    TranscriptionGenerateOutput output;
    output.engine = core::tasks::SpeechEngine::PocketSphinx;
    output.model = u"en-us"_s;
    output.durationMs = 204'180;
    output.segments = {
        cue(900, 4100, u"Good morning and thank you for the time."_s, 0.97),
        cue(4300, 8100, u"You kept the notes of the whole line for us."_s, 0.95),
        cue(28400, 31900, u"The first thing we looked at was the junction."_s, 0.96),
        cue(32100, 35600, u"Every train passes the same signal twice a day,"_s, 0.92, {{u"twice"_s, 0.7}}),
        cue(35800, 40900, u"so if the signal box is wrong, you hear about it."_s, 0.95),
        cue(47200, 50800, u"That pause was the relay settling."_s, 0.80, {{u"relay"_s, 0.6}, {u"settling."_s, 0.4}}),
        cue(51000, 55400, u"We put a counter on the Wexham line and waited."_s, 0.83, {{u"Wexham"_s, 0.3}}),
        cue(55600, 59900, u"After nine days the signal had failed just once."_s, 0.93, {{u"just"_s, 0.7}}),
        cue(60300, 64200, u"Once is enough to send somebody out at night."_s, 0.96),
        cue(64500, 69000, u"So we moved the points motor two metres east."_s, 0.84, {{u"points"_s, 0.7}, {u"motor"_s, 0.7}}),
        cue(69400, 73800, u"Nobody had tried that, because the drawing said no."_s, 0.95),
        cue(74100, 78000, u"The drawing was from nineteen sixty four."_s, 0.85, {{u"nineteen"_s, 0.7}, {u"sixty"_s, 0.7}}),
        cue(78400, 82000, u"And the signal? It has not failed since."_s, 0.94),
    };
    return output;
}

TranscriptionGenerateOutput many(int cues)
{
    TranscriptionGenerateOutput output;
    for (int i = 0; i < cues; ++i)
        output.segments << cue(i * 4000, i * 4000 + (i % 2 ? 3900 : 2500), u"This is cue number %1 of a very long day"_s.arg(i), 0.9);
    return output;
}

}

class TestTranscriptView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        QCOMPARE(m_console.open(), QString());
    }

    void silencesStandBetweenCues()
    {
        TranscriptModel model(interview());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.cueCount(), 13);
        QCOMPARE(model.rowCount(), 15);    // 20.3 s after the second cue, 6.3 s after the fifth
        const auto silence = model.index(model.rowOfCue(5) - 1, int(TranscriptModel::Column::Text));
        QCOMPARE(silence.data(TranscriptModel::CueRole).toInt(), -1);
        QCOMPARE(silence.data().toString(), u"6.3 s without speech"_s);
        QCOMPARE(model.weakWordCount(), 9);
        model.setWeakOnly(true);
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(model.rowOfCue(0), -1);
        model.setWeakOnly(false);
        QCOMPARE(model.rowCount(), 15);
        QCOMPARE(model.cueAt(36'600), 4);
        QCOMPARE(model.cueAt(0), -1);
        QCOMPARE(model.cueAt(std::numeric_limits<qint64>::max()), 12);
    }

    void weakWordsAreFoundInTheText()
    {
        const TranscriptModel model(interview());
        const auto weak = model.weakWords(5);
        QCOMPARE(weak.size(), 2);
        QCOMPARE(model.shownText(5).mid(weak[0].span.from, weak[0].span.length), u"relay"_s);
        QVERIFY(!weak[0].isUnderHalf);
        QCOMPARE(model.shownText(5).mid(weak[1].span.from, weak[1].span.length), u"settling."_s);
        QVERIFY(weak[1].isUnderHalf);
    }

    void whateverIsStoredIsShown_data()
    {
        constexpr qint64 most = std::numeric_limits<qint64>::max();
        constexpr qint64 least = std::numeric_limits<qint64>::min();
        QTest::addColumn<QList<TranscriptSegment>>("segments");
        QTest::newRow("nothing") << QList<TranscriptSegment>{};
        QTest::newRow("out of order") << QList<TranscriptSegment>{cue(9000, 10'000, u"b"_s, 1), cue(0, 500, u"a"_s, 1)};
        QTest::newRow("ends of the numbers") << QList<TranscriptSegment>{{least, most, u"x"_s, {}, {}}, {most, least, u"y"_s, -7.0, {}}};
        QTest::newRow("empty text") << QList<TranscriptSegment>{{0, 0, {}, {}, {{0, 0, {}, 0.1}}}};
        QTest::newRow("words of another text") << QList<TranscriptSegment>{
            {0, 10, u"abc"_s, 0.2, {{0, 1, u"zzz"_s, 0.1}, {1, 2, u"c"_s, 0.1}}}};
        QTest::newRow("marks and tags") << QList<TranscriptSegment>{
            cue(0, 10, u"<b>bold</b> \u202ereversed\u202c \u0007 \n\n line"_s, 0.5)};
        QTest::newRow("long word") << QList<TranscriptSegment>{cue(0, 10, QString(100'000, u'w'), 0.5)};
        QTest::newRow("right to left") << QList<TranscriptSegment>{
            cue(0, 10, u"\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd"_s, 0.4, {{u"\u05e2\u05d5\u05dc\u05dd"_s, 0.2}})};
    }
    void whateverIsStoredIsShown()
    {
        QFETCH(QList<TranscriptSegment>, segments);
        TranscriptionGenerateOutput output;
        output.segments = segments;
        TranscriptModel model(output);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ui::TranscriptView view(test_support::contextOf(m_console, core::JobType::TranscriptionGenerate, "{}"), output);
        view.resize(560, 500);
        view.findChild<QLineEdit*>()->setText(u"w"_s);
        QVERIFY(!view.grab().isNull());
        view.findNext();
        QVERIFY(!view.grab().isNull());
    }

    void searchStepsThroughHits()
    {
        QWidget pane;
        auto* view = new ui::TranscriptView(test_support::contextOf(m_console, core::JobType::TranscriptionGenerate, "{}"), interview());
        test_support::showInPane(pane, view, {608, 700}, 0);
        QVERIFY(QTest::qWaitForWindowActive(&pane));
        QSignalSpy cues(view, &ui::TranscriptView::currentCueChanged);
        QTest::keyClick(view->findChild<QTableView*>(), Qt::Key_F, Qt::ControlModifier);
        auto* search = view->findChild<QLineEdit*>();
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, u"SIGNAL"_s);
        QCOMPARE(view->model().hits().size(), 4);
        QCOMPARE(view->currentCue(), 3);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(view->currentCue(), 4);
        QVERIFY(cues.count() >= 2);
        const auto texts = [&] {
            QStringList all;
            for (const auto* label : view->findChildren<QLabel*>())
                all << label->text();
            return all;
        };
        QVERIFY(texts().contains(u"2 of 4"_s));
        view->setFillsPane();
        test_support::shoot(pane, u"transcript"_s);
        QTest::keyClick(search, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(search, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(view->currentCue(), 12);    // round the top to the last
        QTest::keyClick(view->findChild<QTableView*>(), Qt::Key_F3);
        QCOMPARE(view->currentCue(), 3);
        search->setText(u"nobody says this"_s);
        QVERIFY(texts().contains(u"no hit"_s));
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(search->text().isEmpty());
    }

    void weakWordsAreAFilterAndAHitEndsIt()
    {
        ui::TranscriptView view(test_support::contextOf(m_console, core::JobType::TranscriptionGenerate, "{}"), interview());
        view.resize(600, 600);
        QPushButton* weak = nullptr;
        for (auto* button : view.findChildren<QPushButton*>())
            weak = button->isCheckable() ? button : weak;
        QVERIFY(weak);
        QCOMPARE(weak->text(), u"Weak words 9"_s);
        weak->click();
        QVERIFY(view.model().isWeakOnly());
        view.findChild<QLineEdit*>()->setText(u"junction"_s);
        QVERIFY(!view.model().isWeakOnly());
        QCOMPARE(view.currentCue(), 2);
    }

    void copiesAreTheFormatsOfTheCore()
    {
        const auto output = interview();
        QList<core::transcription::TranscriptSegment> segments;
        for (const auto& segment : output.segments)
            segments << core::transcription::TranscriptSegment{segment.startMs, segment.endMs, segment.text, {}, {}};
        ui::TranscriptView view(test_support::contextOf(m_console, core::JobType::TranscriptionGenerate, "{}"), output);
        const auto actions = view.copyControl()->menu()->actions();
        QCOMPARE(actions.size(), 3);
        actions[0]->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), core::transcription::toSrt(segments));
        actions[1]->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), core::transcription::toWebVtt(segments));
        actions[2]->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"so if the signal box is wrong"_s));
    }

    void twentyThousandCuesAreNoBurden()
    {
        const auto output = many(20'000);
        QElapsedTimer clock;
        clock.start();
        ui::TranscriptView view(test_support::contextOf(m_console, core::JobType::TranscriptionGenerate, "{}"), output);
        qInfo("20,000 cues: made in %lld ms", clock.restart());
        // silences get their height some at a time, in the end all of them
        const QHeaderView* rows = view.findChild<QTableView*>()->verticalHeader();
        const auto lower = [rows] {
            int count = 0;
            for (int row = 0; row < rows->count(); ++row)
                count += rows->sectionSize(row) < rows->defaultSectionSize();
            return count;
        };
        QVERIFY2(lower() <= 1000, qPrintable(QString::number(lower())));
        view.resize(600, 800);
        QVERIFY(!view.grab().isNull());
        qInfo("first picture: %lld ms", clock.restart());
        view.findChild<QLineEdit*>()->setText(u"number 19"_s);
        qInfo("searched: %lld ms, %lld hits", clock.restart(), qint64(view.model().hits().size()));
        QCOMPARE(view.model().hits().size(), 1 + 10 + 100 + 1000);
        view.setCurrentCue(19'999);
        QVERIFY(!view.grab().isNull());
        qInfo("at the end: %lld ms", clock.restart());
        QCOMPARE(view.currentCue(), 19'999);
        const auto shown = view.shownSpan();
        QVERIFY(shown);
        QCOMPARE(shown->second, 19'999 * 4000 + 3900);
        QTRY_COMPARE(lower(), view.model().rowCount() - view.model().cueCount());
        QCOMPARE(view.shownSpan()->second, shown->second);    // what was in sight stayed
    }

private:
    ConsoleFixture m_console;
};

QTEST_MAIN(TestTranscriptView)
#include "tst_transcript_view.moc"
