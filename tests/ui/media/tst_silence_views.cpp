// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample.h"
#include "tests/ui/media/media_fixture.h"
#include "ui/base/facts_row.h"
#include "ui/media/silence_apply_view.h"
#include "ui/media/silence_detect_view.h"
#include "ui/media/silence_table.h"
#include "ui/media/wave_view.h"

#include <QAccessible>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include <limits>

using namespace Qt::StringLiterals;
using core::tasks::Segment;
using core::tasks::SilenceApplyOutput;
using core::tasks::SilenceDetectOutput;
using test_support::ConsoleFixture;

namespace {

constexpr qint64 most = std::numeric_limits<qint64>::max();
constexpr qint64 least = std::numeric_limits<qint64>::min();

/// Those of picture 1.
QList<Segment> nineSilences()
{
    return {{3200, 4600},     {19800, 22100},   {41250, 47235},   {63000, 65400},  {81100, 84900},
            {104200, 106000}, {129700, 133300}, {158000, 162600}, {196500, 199000}};
}

SilenceDetectOutput interview()
{
    return {204180, 28400, nineSilences()};
}

QStringList textsOf(const QWidget& view)
{
    QStringList texts;
    for (const auto* label : view.findChildren<QLabel*>())
        texts << label->text();
    return texts;
}

}

/// What silence detection found and what a cut took away, as a person sees and drives them.
class TestSilenceViews : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        QCOMPARE(m_console.open(), QString());
        m_sample = test_support::sample();
        QVERIFY2(!m_sample.path.isEmpty(), qPrintable(m_sample.error));
        QVERIFY(QFile::copy(m_sample.path, m_console.store.path(u"sample.mp4"_s)));
    }

    void theModelHoldsWhateverIsStored_data()
    {
        QTest::addColumn<QList<Segment>>("silences");
        QTest::addColumn<int>("doubtful");
        QTest::newRow("nine") << nineSilences() << 0;
        QTest::newRow("none") << QList<Segment>{} << 0;
        QTest::newRow("out of order") << QList<Segment>{{5000, 6000}, {1000, 2000}} << 0;
        QTest::newRow("negative") << QList<Segment>{{-500, 200}} << 1;
        QTest::newRow("past the end") << QList<Segment>{{203'000, 300'000}, {900'000, 901'000}} << 2;
        QTest::newRow("empty and backwards") << QList<Segment>{{5, 5}, {9, 3}} << 2;
        QTest::newRow("the ends of the numbers") << QList<Segment>{{least, most}, {most, least}, {most, most}} << 3;
    }
    void theModelHoldsWhateverIsStored()
    {
        QFETCH(QList<Segment>, silences);
        QFETCH(int, doubtful);
        ui::SilenceModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSilences(silences, 204180);
        QCOMPARE(model.rowCount(), int(silences.size()));
        int doubts = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            doubts += !model.index(row, 4).data(ui::SilenceModel::DoubtRole).toString().isEmpty();
        QCOMPARE(doubts, doubtful);

        ui::SilenceDetectView view(test_support::contextOf(m_console, core::JobType::SilenceDetect, R"({"file_path":"gone.wav"})"),
                                   {204180, {}, silences});
        view.resize(544, 700);
        QVERIFY(!view.grab().isNull());
    }

    void aFileOfNoLengthIsShown_data()
    {
        QTest::addColumn<qint64>("durationMs");
        QTest::newRow("zero") << qint64(0);
        QTest::newRow("negative") << qint64(-1);
        QTest::newRow("for ever") << most;
    }
    void aFileOfNoLengthIsShown()
    {
        QFETCH(qint64, durationMs);
        ui::SilenceDetectView view(test_support::contextOf(m_console, core::JobType::SilenceDetect, "{}"), {durationMs, most, {{0, 10}}});
        view.resize(544, 700);
        QVERIFY(!view.grab().isNull());
        auto* wave = view.findChild<ui::WaveView*>();
        for (const auto key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_End, Qt::Key_Down})
            QTest::keyClick(wave, key);
        QVERIFY(wave->placeMs() >= 0);
    }

    void factsSayWhatWasFoundAndAskedFor()
    {
        ui::SilenceDetectView view(test_support::contextOf(m_console, core::JobType::SilenceDetect,
                                                           R"({"file_path":"a/interview-0412.wav","noise_db":-30,"min_silence_ms":500})"),
                                   interview());
        const QStringList texts = textsOf(view);
        for (const auto& text : {u"3:24.180"_s, u"28.4 s"_s, u"13.9 % of the file"_s, u"9"_s, u"longest 6.0 s"_s, u"\u221230 dB"_s,
                                 u"500 ms or longer"_s, u"interview-0412.wav"_s})
            QVERIFY2(texts.contains(text), qPrintable(text + u" not in "_s + texts.join(u" | "_s)));
    }

    void waveAndListCarryOneSelection()
    {
        QWidget pane;
        auto* view = new ui::SilenceDetectView(
            test_support::contextOf(m_console, core::JobType::SilenceDetect, R"({"file_path":"gone.wav"})"), interview());
        test_support::showInPane(pane, view, {576, 700});
        auto* wave = view->findChild<ui::WaveView*>();
        auto* table = view->findChild<ui::SilenceTable*>();
        QCOMPARE(wave->current(), 0);
        // the list leads
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Down);
        QCOMPARE(wave->current(), 1);
        // the wave leads, by key
        QTest::keyClick(wave, Qt::Key_Down);
        QCOMPARE(table->currentIndex().row(), 2);
        QCOMPARE(wave->placeMs(), 41250);
        QTest::keyClick(wave, Qt::Key_Up);
        QCOMPARE(table->currentIndex().row(), 1);
        // and by pointer
        const int x = 1 + int(wave->axis().xOf(131'500));
        QTest::mouseClick(wave, Qt::LeftButton, {}, QPoint(x, 40));
        QCOMPARE(table->currentIndex().row(), 6);
        QVERIFY(std::abs(wave->placeMs() - 131'500) < 500);
        // beside every silence nothing changes but the playhead
        QTest::mouseClick(wave, Qt::LeftButton, {}, QPoint(1 + int(wave->axis().xOf(10'000)), 40));
        QCOMPARE(table->currentIndex().row(), 6);
        QVERIFY(std::abs(wave->placeMs() - 10'000) < 500);
    }

    void theTimeUnderThePointerIsShown()
    {
        QWidget pane;
        auto* view = new ui::SilenceDetectView(
            test_support::contextOf(m_console, core::JobType::SilenceDetect, R"({"file_path":"gone.wav"})"), interview());
        test_support::showInPane(pane, view, {576, 700});
        auto* wave = view->findChild<ui::WaveView*>();
        const int x = 1 + int(wave->axis().xOf(44'100));
        QTest::mouseMove(wave, QPoint(x, 30));
        QTRY_VERIFY(std::abs(wave->shownMs() - 44'100) < 500);
        QVERIFY(textsOf(*view).filter(u"0:44."_s).size() + textsOf(*view).filter(u"0:43."_s).size() > 0);
    }

    void keysZoomAndMove()
    {
        ui::WaveView wave;
        wave.setDuration(204'180);
        wave.setSpans(nineSilences());
        wave.resize(540, 170);
        wave.show();
        QTest::keyClick(&wave, Qt::Key_Plus);
        QTest::keyClick(&wave, Qt::Key_Plus);
        QVERIFY(wave.axis().toMs() - wave.axis().fromMs() < 52'000);
        // a silence out of sight is brought into it
        wave.setCurrent(8);
        QVERIFY(wave.axis().xOf(196'500) >= 0 && wave.axis().xOf(199'000) <= wave.axis().width());
        QTest::keyClick(&wave, Qt::Key_0);
        QVERIFY(wave.axis().isFit());
        QTest::keyClick(&wave, Qt::Key_End);
        QCOMPARE(wave.placeMs(), 204'180);
        QTest::keyClick(&wave, Qt::Key_Left);
        QCOMPARE(wave.placeMs(), 204'180 - 2042);
        QTest::keyClick(&wave, Qt::Key_Home);
        QCOMPARE(wave.placeMs(), 0);
    }

    void aScreenReaderHearsTheWave()
    {
        ui::WaveView wave;
        wave.setDuration(204'180);
        wave.setSpans(nineSilences());
        wave.setCurrent(2);
        auto* heard = QAccessible::queryAccessibleInterface(&wave);
        QVERIFY(heard);
        QCOMPARE(heard->role(), QAccessible::Slider);
        QVERIFY(!heard->text(QAccessible::Name).isEmpty());
        QVERIFY(heard->text(QAccessible::Value).contains(u"3 of 9"_s));
        QVERIFY(heard->valueInterface());
        heard->valueInterface()->setCurrentValue(81'100);
        QCOMPARE(wave.placeMs(), 81'100);
    }

    void realSoundIsDrawn()
    {
        SilenceDetectOutput output{m_sample.durationMs, {}, {}};
        for (const auto& [start, end] : m_sample.silencesMs)
            output.segments << Segment{start, end};
        QWidget pane;
        auto* view = new ui::SilenceDetectView(
            test_support::contextOf(m_console, core::JobType::SilenceDetect, R"({"file_path":"sample.mp4"})"), output);
        test_support::showInPane(pane, view, {576, 680});
        auto* wave = view->findChild<ui::WaveView*>();
        QVERIFY(!wave->note().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(wave->note().isEmpty(), 60'000);
        view->findChild<ui::SilenceTable*>()->selectRow(1);
        view->findChild<ui::SilenceTable*>()->setFocus();
        // in a silence the middle line stands alone, in speech the wave reaches far from it
        const QImage image = wave->grab().toImage();
        const auto ink = ui::lightTheme().text3;
        const auto inked = [&](qint64 ms) {
            int count = 0;
            const int x = 1 + int(wave->axis().xOf(double(ms)));
            for (int y = 1; y < 130; ++y)
                count += image.pixelColor(x, y) == ink;
            return count;
        };
        const auto& silence = m_sample.silencesMs[2];
        QVERIFY(inked((silence.first + silence.second) / 2) <= 4);
        int loudest = 0;
        for (qint64 ms = m_sample.silencesMs[0].second; ms < m_sample.silencesMs[1].first; ms += 20)
            loudest = std::max(loudest, inked(ms));
        QVERIFY2(loudest > 40, qPrintable(QString::number(loudest)));
        test_support::shoot(pane, u"silence-real"_s);
    }

    void whyThereIsNoWaveIsSaid_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("words");
        QTest::newRow("missing") << u"gone.wav"_s << u"not in the storage"_s;
        QTest::newRow("no media") << u"text.txt"_s << u"no media"_s;
        QTest::newRow("bad key") << u"../../etc/passwd"_s << u"."_s;
    }
    void whyThereIsNoWaveIsSaid()
    {
        QFETCH(QString, key);
        QFETCH(QString, words);
        QFile file(m_console.store.path(u"text.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4000, 'x'));
        file.close();
        QWidget pane;
        auto* view = new ui::SilenceDetectView(
            test_support::contextOf(m_console, core::JobType::SilenceDetect, "{\"file_path\":\"" + key.toUtf8() + "\"}"), interview());
        test_support::showInPane(pane, view, {576, 700});
        auto* wave = view->findChild<ui::WaveView*>();
        QTRY_VERIFY_WITH_TIMEOUT(wave->note().contains(words) && !wave->note().startsWith(u"Reading"_s), 30'000);
        if (key == u"gone.wav"_s)
            test_support::shoot(pane, u"silence-missing"_s);
    }

    void theListIsCopied()
    {
        ui::SilenceDetectView view(test_support::contextOf(m_console, core::JobType::SilenceDetect, "{}"),
                                   {9000, {}, {{100, 700}, {2000, 2500}}});
        auto* copy = view.findChild<QPushButton*>();
        QVERIFY(copy && copy->menu());
        copy->menu()->actions().at(0)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"start_ms,end_ms,length_ms\n100,700,600\n2000,2500,500\n"_s);
        copy->menu()->actions().at(1)->trigger();
        const auto json = nlohmann::json::parse(QGuiApplication::clipboard()->text().toStdString());
        QCOMPARE(json.at(1).at("end_ms").get<int>(), 2500);
    }

    void manySilencesAreShown()
    {
        QList<Segment> many;
        for (qint64 i = 0; i < 20'000; ++i)
            many << Segment{i * 1000, i * 1000 + 400};
        QElapsedTimer clock;
        clock.start();
        ui::SilenceDetectView view(test_support::contextOf(m_console, core::JobType::SilenceDetect, "{}"), {20'000'000, {}, many});
        view.resize(544, 700);
        QVERIFY(!view.grab().isNull());
        qInfo("20,000 silences: %lld ms to the first picture", clock.restart());
        view.findChild<ui::WaveView*>()->setCurrent(19'999);
        QVERIFY(!view.grab().isNull());
        qInfo("the next picture: %lld ms", clock.elapsed());
    }

    void aCutKeepsItsPadding_data()
    {
        QTest::addColumn<QList<Segment>>("silences");
        QTest::addColumn<qint64>("padding");
        QTest::addColumn<QList<Segment>>("removed");
        QTest::newRow("padded") << QList<Segment>{{1000, 2000}} << qint64(100) << QList<Segment>{{1100, 1900}};
        QTest::newRow("too short") << QList<Segment>{{1000, 1200}} << qint64(100) << QList<Segment>{};
        QTest::newRow("no padding") << QList<Segment>{{1, 2}} << qint64(0) << QList<Segment>{{1, 2}};
        QTest::newRow("negative padding") << QList<Segment>{{1, 2}} << qint64(-9) << QList<Segment>{{1, 2}};
        QTest::newRow("endless padding") << QList<Segment>{{least, most}} << most << QList<Segment>{};
    }
    void aCutKeepsItsPadding()
    {
        QFETCH(QList<Segment>, silences);
        QFETCH(qint64, padding);
        QTEST(ui::SilenceApplyView::removedParts(silences, padding), "removed");
    }

    void beforeAndAfterStandAtOneScale()
    {
        // the result is any real file here: what counts is that its wave is drawn as long as it is said to be
        QByteArray input = R"({"file_path":"sample.mp4","padding_ms":100,"segments":[)";
        qint64 removed = 0;
        for (const auto& [start, end] : m_sample.silencesMs) {
            input += (removed > 0 ? "," : "") + QByteArray("{\"start_ms\":") + QByteArray::number(start) +
                     ",\"end_ms\":" + QByteArray::number(end) + "}";
            removed += end - start - 200;
        }
        input += "]}";
        QWidget pane;
        auto* view = new ui::SilenceApplyView(test_support::contextOf(m_console, core::JobType::SilenceApply, input),
                                              {u"sample.mp4"_s, m_sample.durationMs - removed, removed, 482'113});
        test_support::showInPane(pane, view, {576, 500});
        const auto waves = view->findChildren<ui::WaveView*>();
        QCOMPARE(waves.size(), 2);
        for (auto* wave : waves)
            QTRY_VERIFY_WITH_TIMEOUT(wave->note().isEmpty(), 60'000);
        const double scale = double(waves[0]->width()) / double(m_sample.durationMs);
        QVERIFY(std::abs(waves[1]->width() - scale * double(m_sample.durationMs - removed)) < 4);
        QVERIFY(textsOf(*view).contains(u"482 kB"_s));
        test_support::shoot(pane, u"silence-apply"_s);
    }

    void aCutOfAnotherJobsSilencesAsksForThem()
    {
        ui::SilenceApplyView view(
            test_support::contextOf(m_console, core::JobType::SilenceApply, R"({"file_path":"gone.mp4","detect_job_id":"nobody"})"),
            {u"gone-too.mp4"_s, {}, {}, {}});
        view.resize(544, 400);
        const auto waves = view.findChildren<ui::WaveView*>();
        for (auto* wave : waves)
            QTRY_VERIFY_WITH_TIMEOUT(wave->note().contains(u"not in the storage"_s), 30'000);
        QVERIFY(!view.grab().isNull());
    }

private:
    ConsoleFixture m_console;
    test_support::Sample m_sample;
};

QTEST_MAIN(TestSilenceViews)
#include "tst_silence_views.moc"
