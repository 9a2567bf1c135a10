// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/base/ink_label.h"
#include "ui/base/note_box.h"
#include "ui/base/segmented_switch.h"
#include "ui/payload/field_form.h"
#include "ui/payload/find_bar.h"
#include "ui/payload/json_tree.h"
#include "ui/payload/json_tree_model.h"
#include "ui/payload/payload_view.h"
#include "ui/payload/raw_area.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace {

qint64 residentKb()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').at(1).toLongLong() * 4;
}

}

class PayloadViewTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void theSwitchIsRemembered();
    void anAbsentOutputSaysWhy_data();
    void anAbsentOutputSaysWhy();
    void notesAreCountedAndFold();
    void bytesThatAreNoTreeSaySoAndStayVisible_data();
    void bytesThatAreNoTreeSaySoAndStayVisible();
    void aSearchStepsThroughTheTree();
    void aSearchStepsThroughTheBytes();
    void secretsAreShownAndNotCopied();
    void theSamePayloadKeepsItsPlace();
    void anotherPayloadBeginsAnew();
    void severalMegabytesComeWithoutWaiting();
    void aFieldCarriesNoMarkup();
    void theFormsOfAConvertStandTogether();

private:
    [[nodiscard]] core::jobs::JobSummary job(core::JobType type, core::JobStatus status = core::JobStatus::Done) const
    {
        core::jobs::JobSummary summary;
        summary.id = core::JobId{u"018f0000-0000-7000-8000-000000000001"_s};
        summary.type = type;
        summary.status = status;
        return summary;
    }
    void choose(const QString& title)
    {
        for (auto* button : view->findChild<ui::SegmentedSwitch*>()->findChildren<QAbstractButton*>()) {
            if (button->text() == title)
                QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    [[nodiscard]] QStringList visibleTexts() const
    {
        QStringList texts;
        for (const auto* label : view->findChildren<ui::InkLabel*>()) {
            if (label->isVisible() && !label->text().isEmpty())
                texts << label->text();
        }
        return texts;
    }
    template <class Pane>
    void type(Pane* pane, const QString& text)
    {
        auto* field = pane->parentWidget()->template findChild<ui::FindBar*>()->template findChild<QLineEdit*>();
        QVERIFY(field);
        field->setFocus();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }

    test_support::ConsoleFixture fixture;
    std::unique_ptr<ui::PayloadView> view;
};

void PayloadViewTest::initTestCase()
{
    test_support::useConsoleLook();
    QCOMPARE(fixture.open(), QString());
}

void PayloadViewTest::init()
{
    fixture.preferences.setValue(u"payload/view"_s, u"typed"_s);
    fixture.preferences.setValue(u"payload/notesFolded"_s, false);
    view = std::make_unique<ui::PayloadView>(fixture.context());
    view->resize(576, 700);
    view->show();
    QVERIFY(QTest::qWaitForWindowActive(view.get()));
}

void PayloadViewTest::cleanup()
{
    view.reset();
}

void PayloadViewTest::theSwitchIsRemembered()
{
    const QByteArray bytes = R"({"file_path":"a.mp4"})";
    view->showPayload(job(core::JobType::MediaProbe), ui::PayloadKind::Input, bytes);
    auto* area = view->findChild<ui::RawArea*>();
    auto* tree = view->findChild<ui::JsonTree*>();
    QVERIFY(!area->isVisible());
    choose(u"Raw"_s);
    QVERIFY(area->isVisible());
    QCOMPARE(area->bytes(), bytes);
    QCOMPARE(fixture.preferences.value(u"payload/view"_s).toString(), u"raw"_s);
    // by keyboard: the arrows move within the switch
    auto* raw = view->findChild<ui::SegmentedSwitch*>()->findChildren<QAbstractButton*>().at(2);
    raw->setFocus();
    QTest::keyClick(raw, Qt::Key_Left);
    QVERIFY(tree->isVisible());

    ui::PayloadView other(fixture.context());
    other.show();
    other.showPayload(job(core::JobType::MediaProbe), ui::PayloadKind::Input, bytes);
    QCOMPARE(other.findChild<ui::SegmentedSwitch*>()->current(), 1);
}

void PayloadViewTest::anAbsentOutputSaysWhy_data()
{
    QTest::addColumn<core::JobStatus>("status");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("pending") << core::JobStatus::Pending << u"No output yet."_s;
    QTest::newRow("running") << core::JobStatus::Running << u"No output yet."_s;
    QTest::newRow("failed") << core::JobStatus::Failed << u"No output."_s;
    QTest::newRow("done without one") << core::JobStatus::Done << u"No output is stored."_s;
}

void PayloadViewTest::anAbsentOutputSaysWhy()
{
    QFETCH(core::JobStatus, status);
    QFETCH(QString, sentence);
    view->showPayload(job(core::JobType::MediaProbe, status), ui::PayloadKind::Output, {});
    QVERIFY(visibleTexts().contains(sentence));
    QVERIFY(!view->findChild<ui::SegmentedSwitch*>()->isVisible());
    // its output comes
    view->showPayload(job(core::JobType::MediaProbe), ui::PayloadKind::Output, QByteArray(R"({"format":{},"streams":[]})"));
    QVERIFY(!visibleTexts().contains(sentence));
}

void PayloadViewTest::notesAreCountedAndFold()
{
    const QByteArray bytes = R"({"duration_ms":204180,"segments":[{"start_ms":1,"end_ms":"47235"}],"engine_build":"7"})";
    QSignalSpy counted(view.get(), &ui::PayloadView::noteCountChanged);
    view->showPayload(job(core::JobType::SilenceDetect), ui::PayloadKind::Output, bytes);
    QCOMPARE(view->noteCount(), 2);
    QCOMPARE(counted.size(), 1);
    QVERIFY(visibleTexts().contains(u"2 schema notes"_s));
    QVERIFY(visibleTexts().contains(u"segments[0].end_ms"_s));
    auto* notes = view->findChild<ui::NoteBox*>();
    QTest::mouseClick(notes->findChild<QAbstractButton*>(), Qt::LeftButton);
    QVERIFY(notes->isFolded());
    QVERIFY(!visibleTexts().contains(u"segments[0].end_ms"_s));
    QVERIFY(visibleTexts().contains(u"2 schema notes"_s));    // the count stays
    view->showNothing();
    QCOMPARE(view->noteCount(), 0);
    QVERIFY(!notes->isVisible());
}

void PayloadViewTest::bytesThatAreNoTreeSaySoAndStayVisible_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("part");
    QTest::newRow("no JSON") << "oops, \xff\xfe"_ba << u"byte 0"_s;
    QTest::newRow("stops early") << "{\"a\": [1, 2"_ba << u"byte 11"_s;
    QTest::newRow("empty") << ""_ba << u"byte 0"_s;
    QTest::newRow("200,000 arrays") << QByteArray(200'000, '[') + QByteArray(200'000, ']') << u"nested too deeply"_s;
}

void PayloadViewTest::bytesThatAreNoTreeSaySoAndStayVisible()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, part);
    view->showPayload(job(core::JobType::MediaProbe), ui::PayloadKind::Output, bytes);
    choose(u"Tree"_s);
    QTRY_VERIFY(visibleTexts().join(u' ').contains(part));
    choose(u"Raw"_s);
    auto* area = view->findChild<ui::RawArea*>();
    QVERIFY(area->isVisible());
    QCOMPARE(area->bytes(), bytes);
    choose(u"Typed"_s);
    QTRY_VERIFY(visibleTexts().join(u' ').contains(u"no JSON object"_s));
}

void PayloadViewTest::aSearchStepsThroughTheTree()
{
    const QByteArray bytes = R"({"one":{"needle":1},"two":[{"x":"a Needle"}],"three":"needles"})";
    view->showPayload(job(core::JobType::MediaProbe), ui::PayloadKind::Output, bytes);
    choose(u"Tree"_s);
    auto* tree = view->findChild<ui::JsonTree*>();
    type(tree, u"needle"_s);
    QTRY_COMPARE(tree->rows().pointerOf(tree->currentIndex()), u"/one/needle"_s);
    QVERIFY(visibleTexts().contains(u"1 of 3"_s));
    QTest::keyClick(tree, Qt::Key_F3);
    QCOMPARE(tree->rows().pointerOf(tree->currentIndex()), u"/two/0/x"_s);
    QTest::keyClick(tree, Qt::Key_F3);
    QTest::keyClick(tree, Qt::Key_F3);
    QCOMPARE(tree->rows().pointerOf(tree->currentIndex()), u"/one/needle"_s);    // and round again
    QTest::keyClick(tree, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(tree->rows().pointerOf(tree->currentIndex()), u"/three"_s);
}

void PayloadViewTest::aSearchStepsThroughTheBytes()
{
    QByteArray bytes = "[";
    for (int i = 0; i < 4000; ++i)
        bytes += (i % 1000 == 999 ? "\"needle\"" : "12345") + ",\n"_ba;
    bytes += "0]";
    view->showPayload(job(core::JobType::MediaProbe), ui::PayloadKind::Output, bytes);
    choose(u"Raw"_s);
    auto* area = view->findChild<ui::RawArea*>();
    type(area, u"NEEDLE"_s);
    QTRY_COMPARE(area->caret(), bytes.indexOf("needle"));
    QVERIFY(visibleTexts().contains(u"1 of 4"_s));
    QTest::keyClick(area, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(area->caret(), bytes.lastIndexOf("needle"));
    QVERIFY(area->topOffset() > bytes.lastIndexOf("needle") - 2000);
    // to a byte
    QTest::keyClick(area, Qt::Key_G, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"0x10"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(area->caret(), 16);
    QCOMPARE(area->topOffset(), 0);
}

void PayloadViewTest::secretsAreShownAndNotCopied()
{
    for (const qsizetype filling : {qsizetype{10}, qsizetype{300'000}}) {    // at once, and on the lane
        const QByteArray bytes = R"({"file_path":"a.mp4","session_token":"canary","note":")" + QByteArray(filling, 'x') + "\"}";
        view->showPayload(job(core::JobType::MediaProbe), ui::PayloadKind::Input, bytes);
        choose(u"Raw"_s);
        auto* area = view->findChild<ui::RawArea*>();
        QCOMPARE(area->bytes(), bytes);
        QGuiApplication::clipboard()->setText(u"before"_s);
        area->select(0, bytes.size());
        area->copy();
        QTRY_VERIFY(QGuiApplication::clipboard()->text() != u"before");
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), QByteArray(bytes).replace("canary", "[masked]"));
        choose(u"Tree"_s);
        auto* tree = view->findChild<ui::JsonTree*>();
        QTRY_VERIFY(tree->isVisible());
        tree->showOffset(bytes.indexOf("canary"));
        tree->copyValue();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"[masked]"_s);
        view->showNothing();
    }
}

void PayloadViewTest::theSamePayloadKeepsItsPlace()
{
    QByteArray bytes = R"({"format":{"name":"mp4"},"streams":[],"extra":{"deep":[1,2]},"pad":[0)";
    for (int i = 0; i < 3000; ++i)
        bytes += ",\n1";
    bytes += "]}";
    view->showPayload(job(core::JobType::MediaProbe), ui::PayloadKind::Output, bytes);
    choose(u"Tree"_s);
    auto* tree = view->findChild<ui::JsonTree*>();
    type(tree, u"deep"_s);
    QTRY_COMPARE(tree->rows().pointerOf(tree->currentIndex()), u"/extra/deep"_s);
    choose(u"Raw"_s);
    auto* area = view->findChild<ui::RawArea*>();
    area->verticalScrollBar()->setValue(1500);
    const qsizetype top = area->topOffset();
    choose(u"Tree"_s);

    QByteArray changed = bytes;
    changed.replace("mp4", "mov");
    view->showPayload(job(core::JobType::MediaProbe), ui::PayloadKind::Output, changed);
    QTRY_COMPARE(tree->rows().text()->bytes(), changed);
    QTRY_VERIFY(visibleTexts().contains(u"1 hit"_s));
    QCOMPARE(tree->rows().pointerOf(tree->currentIndex()), u"/extra/deep"_s);
    QVERIFY(tree->isExpanded(tree->currentIndex().parent()));
    choose(u"Raw"_s);
    QCOMPARE(area->topOffset(), top);
}

void PayloadViewTest::anotherPayloadBeginsAnew()
{
    view->showPayload(job(core::JobType::MediaProbe), ui::PayloadKind::Output, QByteArray(R"({"a":{"b":1}})"));
    choose(u"Tree"_s);
    auto* tree = view->findChild<ui::JsonTree*>();
    type(tree, u"b"_s);
    QTRY_VERIFY(tree->currentIndex().isValid());
    auto next = job(core::JobType::MediaProbe);
    next.id = core::JobId{u"another"_s};
    view->showPayload(next, ui::PayloadKind::Output, QByteArray(R"({"a":{"b":1}})"));
    QVERIFY(!tree->isExpanded(tree->rows().index(0, 0)));
    QCOMPARE(tree->parentWidget()->findChild<QLineEdit*>()->text(), QString());
}

void PayloadViewTest::severalMegabytesComeWithoutWaiting()
{
    // SIGNALBOX_PAYLOAD_MB=100 makes a measurement of it
    const qsizetype size = qsizetype{std::max(20, qEnvironmentVariableIntValue("SIGNALBOX_PAYLOAD_MB"))} << 20;
    [[maybe_unused]] const qint64 rssBefore = residentKb();
    auto bytes = std::make_unique<QByteArray>(R"({"text":"","segments":[{"start_ms":0,"end_ms":1,"text":"x"})");
    bytes->reserve(size + 100);
    while (bytes->size() < size)
        *bytes += ",{\"start_ms\":1000,\"end_ms\":2000,\"text\":\"what is said\"}";
    *bytes += "]}";
    const qint64 rssBytes = residentKb();
    fixture.preferences.setValue(u"payload/view"_s, u"raw"_s);
    QElapsedTimer clock;
    clock.start();
    const auto tell = [&](const char* what) {
        qInfo("%s after %lld ms, resident %lld kB over the bytes", what, static_cast<long long>(clock.restart()),
              static_cast<long long>(residentKb() - rssBytes));
    };
    view->showPayload(job(core::JobType::TranscriptionGenerate), ui::PayloadKind::Output, *bytes);
    view->grab();
    tell("first screen");
    auto* area = view->findChild<ui::RawArea*>();
    QVERIFY(area->isVisible());
    QVERIFY(!area->isCounted());    // it did not wait for the count
    QTRY_VERIFY_WITH_TIMEOUT(area->isCounted(), 60'000);
    tell("rows counted");
    type(area, u"what is not said"_s);
    QTRY_VERIFY_WITH_TIMEOUT(visibleTexts().contains(u"No hit"_s), 60'000);
    tell("searched");
    choose(u"Tree"_s);
    auto* tree = view->findChild<ui::JsonTree*>();
    QTRY_VERIFY_WITH_TIMEOUT(tree->isVisible(), 60'000);
    tell("tree");
    QCOMPARE(tree->rows().rowCount(), 2);
    tree->expand(tree->rows().index(1, 0));
    view->grab();
    tell("array opened");
    tree->showOffset(bytes->size() - 20);
    view->grab();
    tell("last element shown");
    choose(u"Typed"_s);
    QVERIFY(visibleTexts().join(u' ').contains(u"The fields are shown of payloads up to"_s));
    view->showNothing();
    QVERIFY(!tree->rows().text());
    QVERIFY(area->bytes().isEmpty());
    bytes.reset();
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)    // those keep freed memory to watch over it
    // everything that was taken for it goes back, also what malloc would keep
    QTRY_VERIFY_WITH_TIMEOUT(residentKb() - rssBefore < 10'000, 60'000);
    qInfo("resident after closing: %lld kB over before", static_cast<long long>(residentKb() - rssBefore));
#endif
}

void PayloadViewTest::aFieldCarriesNoMarkup()
{
    view->showPayload(
        job(core::JobType::MediaProbe), ui::PayloadKind::Output,
        QByteArray("{\"format\":{\"name\":\"<img src=x>\xe2\x80\xaegpj\"},\"streams\":[{\"index\":0,\"kind\":\"<b>v</b>\"}]}"));
    for (const auto* label : view->findChildren<QLabel*>()) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(!label->text().contains(QChar(0x202e)));
    }
    for (const auto* widget : view->findChildren<QWidget*>())
        QVERIFY(!widget->toolTip().contains(u"<img"_s));
}

void PayloadViewTest::theFormsOfAConvertStandTogether()
{
    view->resize(576, 1200);
    view->showPayload(job(core::JobType::MediaConvert), ui::PayloadKind::Output,
                      R"({"file_path":"out/a.mkv","container":"mkv","duration_ms":61000,"size_bytes":123456})"_ba,
                      R"({"file_path":"in/a.mp4","container":"mkv","width":1280})"_ba);
    view->grab();
    const auto forms = view->findChildren<ui::FieldForm*>();
    QCOMPARE(forms.size(), 2);
    for (const ui::FieldForm* form : forms)
        QVERIFY2(form->height() <= form->sizeHint().height() + 4, qPrintable(QString::number(form->height())));
    const int gap = forms.at(1)->y() - forms.at(0)->geometry().bottom();
    QVERIFY2(gap > 0 && gap <= 24, qPrintable(QString::number(gap)));
}

QTEST_MAIN(PayloadViewTest)
#include "tst_payload_view.moc"
