// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/media/drawn_frames.h"
#include "tests/ui/media/media_fixture.h"
#include "ui/media/big_frame.h"
#include "ui/media/captions_view.h"
#include "ui/media/frame_grid.h"
#include "ui/media/frame_images.h"
#include "ui/media/frames_view.h"
#include "ui/media/media_strip.h"
#include "ui/media/style_preview.h"

#include <QAccessible>
#include <QClipboard>
#include <QElapsedTimer>
#include <QSlider>

#include <limits>

using namespace Qt::StringLiterals;
using core::tasks::FrameExtractOutput;
using core::tasks::FrameInfo;
using test_support::ConsoleFixture;

class TestFramesView : public QObject {
    Q_OBJECT

    [[nodiscard]] ui::PayloadContext context(const QByteArray& input = "{}")
    {
        return test_support::contextOf(m_console, core::JobType::FrameExtract, input);
    }
    void put(const QString& key, const QByteArray& bytes)
    {
        QFile file(m_console.store.path(key));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        QCOMPARE(m_console.open(), QString());
        m_frames = test_support::drawFrames(m_console.store.options.storagePath, 30, 2000);
    }

    void theModelHoldsWhateverIsStored_data()
    {
        constexpr qint64 most = std::numeric_limits<qint64>::max();
        QTest::addColumn<QList<FrameInfo>>("frames");
        QTest::newRow("none") << QList<FrameInfo>{};
        QTest::newRow("out of order") << QList<FrameInfo>{{u"b.jpg"_s, 5000, {}, {}}, {u"a.jpg"_s, 10, {}, {}}};
        QTest::newRow("the same twice") << QList<FrameInfo>{{u"a.jpg"_s, 10, {}, {}}, {u"a.jpg"_s, 10, {}, {}}};
        QTest::newRow("ends of the numbers") << QList<FrameInfo>{{{}, most, most, -1}, {u"../x"_s, -most, 0, 0}};
    }
    void theModelHoldsWhateverIsStored()
    {
        QFETCH(QList<FrameInfo>, frames);
        ui::FrameModel model({frames, {}});
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMarked(std::pair<qint64, qint64>(0, 6000));
        QCOMPARE(model.rowCount(), int(frames.size()));
        ui::FramesView view(context(), {frames, {}});
        view.resize(544, 500);
        QVERIFY(!view.grab().isNull());
        QTest::keyClick(view.findChild<ui::FrameGrid*>(), Qt::Key_Return);
        QVERIFY(!view.grab().isNull());
    }

    void picturesComeAndAMissingOneSaysSo()
    {
        QWidget pane;
        auto* view = new ui::FramesView(context(R"({"mode":"interval","interval_ms":2000})"), {m_frames, {}});
        test_support::showInPane(pane, view, {576, 700});
        QCOMPARE(view->findChild<ui::FrameGrid*>()->visualRect(view->model().index(1)).top(),
                 view->findChild<ui::FrameGrid*>()->visualRect(view->model().index(0)).top());    // a line holds as many as fit
        auto* images = view->findChild<ui::FrameImages*>();
        QTRY_VERIFY(!images->image(m_frames[0].filePath).isNull());
        QTRY_COMPARE(images->error(m_frames[8].filePath), u"File missing"_s);
        QTRY_VERIFY(!images->image(m_frames[7].filePath).isNull());
        QVERIFY(images->image(m_frames[0].filePath).width() <= 640);
        QCOMPARE(view->summary(), u"every 2.0 s \u00b7 640 \u00d7 360 \u00b7 30 frames"_s);
        test_support::shoot(pane, u"frames"_s);
    }

    void onlyPlainPicturesAreRead()
    {
        put(u"evil.jpg"_s, "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>");
        put(u"empty.jpg"_s, {});
        put(u"half.jpg"_s, QByteArray("\xFF\xD8\xFF\xE0 nothing more"));
        ui::FrameImages images(m_console.session->backend(), 1 << 20);
        images.want({u"evil.jpg"_s, u"empty.jpg"_s, u"half.jpg"_s, u"../../etc/hostname"_s});
        for (const auto& key : {u"evil.jpg"_s, u"empty.jpg"_s, u"half.jpg"_s, u"../../etc/hostname"_s})
            QTRY_VERIFY2(!images.error(key).isEmpty(), qPrintable(key));
    }

    void whatIsKeptHasABound()
    {
        ui::FrameImages images(m_console.session->backend(), 1'000'000);
        images.setSize({640, 360});    // each weighs 0.9 MB
        QStringList keys;
        for (const auto& frame : m_frames)
            keys << frame.filePath;
        QSignalSpy arrived(&images, &ui::FrameImages::arrived);
        images.want(keys);
        QTRY_COMPARE(arrived.count(), int(keys.size()));
        QVERIFY(images.keptBytes() <= 1'000'000);
        // what is no longer wanted is not read
        arrived.clear();
        images.setSize({160, 90});
        images.want(keys);
        images.want({keys[3]});
        QTRY_VERIFY(!images.image(keys[3]).isNull());
        QVERIFY(arrived.count() <= 6);
        QVERIFY(images.image(keys[3]).width() <= 240);
    }

    void keysOpenStepAndClose()
    {
        QWidget pane;
        auto* view = new ui::FramesView(context(), {m_frames, {}});
        test_support::showInPane(pane, view, {576, 700});
        auto* grid = view->findChild<ui::FrameGrid*>();
        auto* big = view->findChild<ui::PictureBox*>();
        QCOMPARE(view->currentFrame(), 0);
        grid->setFocus();
        for (int i = 0; i < grid->cellsInLine(); ++i)
            QTest::keyClick(grid, Qt::Key_Right);
        QCOMPARE(view->currentFrame(), grid->cellsInLine());    // on over the end of the line
        QTest::keyClick(grid, Qt::Key_Return);
        QVERIFY(view->isBig());
        QTRY_VERIFY(!big->image().isNull());
        QCOMPARE(big->image().size(), QSize(640, 360));
        test_support::shoot(pane, u"frames-big"_s);
        for (int i = view->currentFrame(); i < 8; ++i)
            QTest::keyClick(big, Qt::Key_Right);
        QCOMPARE(view->currentFrame(), 8);
        QTRY_COMPARE(big->words(), u"File missing"_s);
        QTest::keyClick(big, Qt::Key_End);
        QTest::keyClick(big, Qt::Key_Right);
        QCOMPARE(view->currentFrame(), 29);
        QTest::keyClick(big, Qt::Key_Escape);
        QVERIFY(!view->isBig());
        QCOMPARE(view->currentFrame(), 29);
        const auto middle = [&] { return grid->visualRect(grid->currentIndex()).center(); };
        QTRY_COMPARE(grid->indexAt(middle()).row(), 29);
        QTRY_VERIFY(grid->viewport()->rect().contains(middle()));
        QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, middle());    // mouseDClick() sends the second half only
        QTest::mouseDClick(grid->viewport(), Qt::LeftButton, {}, middle());
        QTRY_VERIFY(view->isBig());
    }

    void aPictureIsCopiedWhole()
    {
        QWidget pane;
        auto* view = new ui::FramesView(context(), {m_frames, {}});
        test_support::showInPane(pane, view, {576, 700});
        QGuiApplication::clipboard()->clear();
        view->setCurrentFrame(2);
        QTest::keyClick(view->findChild<ui::FrameGrid*>(), Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->image().size(), QSize(640, 360));
    }

    void theSliderChangesTheCells()
    {
        QWidget pane;
        auto* view = new ui::FramesView(context(), {m_frames, {}});
        test_support::showInPane(pane, view, {840, 600});
        auto* grid = view->findChild<ui::FrameGrid*>();
        view->findChild<QSlider*>()->setValue(100);
        const int small = grid->cellsInLine();
        view->findChild<QSlider*>()->setValue(400);
        QVERIFY(grid->cellsInLine() < small);
        view->findChild<QSlider*>()->setValue(172);
    }

    void tenThousandFramesAreNoBurden()
    {
        QList<FrameInfo> many;
        for (int i = 0; i < 10'000; ++i)
            many << FrameInfo{u"frames/none-%1.jpg"_s.arg(i), i * 1000, 640, 360};
        QElapsedTimer clock;
        clock.start();
        QWidget pane;
        auto* view = new ui::FramesView(context(), {many, {}});
        test_support::showInPane(pane, view, {840, 700});
        QVERIFY(!pane.grab().isNull());
        qInfo("10,000 frames: %lld ms to the first picture", clock.restart());
        view->setCue(std::pair<qint64, qint64>(9'990'000, 9'996'000));
        QVERIFY(!pane.grab().isNull());
        qInfo("to the end: %lld ms", clock.elapsed());
        QCOMPARE(view->currentFrame(), 9990);
        QCOMPARE(view->model().markedCount(), 6);
        auto* images = view->findChild<ui::FrameImages*>();
        QTRY_VERIFY(!images->error(many[9990].filePath).isEmpty());
        QVERIFY(images->error(many[5000].filePath).isEmpty());    // never on screen, never asked for
    }

    void theStripIsASliderOfTime()
    {
        ui::MediaStrip strip;
        strip.setDuration(60'000);
        strip.setCues({{1000, 3000, false}, {9000, 4000, true}, {-5, std::numeric_limits<qint64>::max(), false}, {20'000, 25'000, true}});
        strip.setFrames({0, 2000, 90'000, -7});
        strip.setCurrentCue(3);
        strip.setShown(std::pair<qint64, qint64>(1000, 25'000));
        strip.resize(900, 72);
        strip.show();
        QSignalSpy picked(&strip, &ui::MediaStrip::timePicked);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.placeMs(), 1000);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.placeMs(), 9000);
        QTest::keyClick(&strip, Qt::Key_End);
        QCOMPARE(strip.placeMs(), 60'000);
        QTest::mouseClick(&strip, Qt::LeftButton, {}, QPoint(5, 20));
        QCOMPARE(strip.placeMs(), 0);
        QCOMPARE(picked.count(), 4);
        auto* heard = QAccessible::queryAccessibleInterface(&strip);
        QCOMPARE(heard->role(), QAccessible::Slider);
        QVERIFY(heard->text(QAccessible::Value).contains(u"cue 4 of 4"_s));
        QVERIFY(!strip.grab().isNull());
        strip.setDuration(0);
        QVERIFY(!strip.grab().isNull());
    }

    void aStyleIsThePresetUnderTheInputsOwn()
    {
        core::tasks::CaptionsGenerateInput input;
        const auto preset = core::captions::builtinPresets().at(1).style;
        QCOMPARE(ui::CaptionsView::styleOf(input, preset), preset);
        QVERIFY(ui::CaptionsView::styleOf(input, preset).bold);
        core::tasks::CaptionStyle own;
        own.primaryColor = u"url(javascript:)"_s;
        own.fontSize = 1e300;
        own.marginPx = std::numeric_limits<qint64>::max();
        own.position = core::tasks::CaptionPosition::Top;
        input.style = own;
        const auto style = ui::CaptionsView::styleOf(input, preset);
        QCOMPARE(style.primaryColor, u"#FFD84A"_s);
        QCOMPARE(style.fontSize, 1000.0);
        QCOMPARE(style.position, core::captions::CaptionPosition::Top);
        ui::StylePreview preview;
        preview.resize(320, 180);
        preview.setStyleAndText(style, QString(5000, u'x'));
        QVERIFY(!preview.grab().isNull());
    }

private:
    ConsoleFixture m_console;
    QList<FrameInfo> m_frames;
};

QTEST_MAIN(TestFramesView)
#include "tst_frames_view.moc"
