// SPDX-License-Identifier: Apache-2.0
#include "tests/core/tasks/payload_samples.h"
#include "tests/support/ui_fixture.h"
#include "ui/base/compact_table.h"
#include "ui/base/disclosure.h"
#include "ui/base/facts_row.h"
#include "ui/base/ink_label.h"
#include "ui/payload/json_tree.h"
#include "ui/payload/payload_view.h"
#include "ui/payload/typed_view.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace {

core::jobs::JobSummary jobOf(core::JobType type)
{
    core::jobs::JobSummary summary;
    summary.id = core::JobId{u"018f0000-0000-7000-8000-000000000001"_s};
    summary.type = type;
    summary.status = core::JobStatus::Done;
    return summary;
}

QString allText(const QWidget& widget)
{
    QStringList words;
    for (const auto* child : widget.findChildren<QWidget*>())
        words << child->accessibleName();
    for (const auto* label : widget.findChildren<QLabel*>())
        words << label->text();
    for (const auto* table : widget.findChildren<ui::CompactTable*>()) {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            for (int column = 0; column < table->model()->columnCount(); ++column)
                words << table->model()->index(row, column).data().toString();
        }
    }
    return words.join(u'\n');
}

}

class PayloadTypedTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyInputShowsItsValues();
    void everyOutputShowsItsValues();
    void defaultsAreMarked();
    void aKeyThatNamesAJobLeadsThere();
    void aPresetLeadsToThePresets();
    void theProbeShowsFormatStreamsAndRaw();
    void aConversionStandsBesideWhatWasAsked();
    void aConversionFetchesWhatWasAsked();
    void rowsAreCopiedWithTabs();
    void pictures();

private:
    test_support::ConsoleFixture fixture;
};

void PayloadTypedTest::initTestCase()
{
    test_support::useConsoleLook();
    QCOMPARE(fixture.open(), QString());
}

void PayloadTypedTest::everyInputShowsItsValues()
{
    const auto inputs = samples::fullInputs();
    const QHash<core::JobType, QStringList> wanted{
        {core::JobType::MediaProbe, {u"in/é \"x\".mp4"_s}},
        {core::JobType::SilenceDetect, {u"\u221242.5 dB"_s, u"250 ms"_s}},
        {core::JobType::SilenceApply, {u"50 ms"_s, u"0:00.900"_s, u"0.30 s"_s, u"cut"_s}},
        {core::JobType::MediaConvert,
         {u"webm"_s, u"vp9"_s, u"opus"_s, u"640 px"_s, u"29.97 fps"_s, u"30"_s, u"900 kbit/s"_s, u"96 kbit/s"_s}},
        {core::JobType::TranscriptionGenerate, {u"openai"_s, u"whisper-1"_s, u"en"_s, u"no"_s}},
        {core::JobType::FrameExtract, {u"timestamps"_s, u"0:00.040"_s, u"7 frames"_s, u"png"_s, u"320 px"_s}},
        {core::JobType::CaptionsGenerate,
         {u"p1"_s, u"local"_s, u"DejaVu Sans"_s, u"28.5 px"_s, u"#ffcc00"_s, u"top"_s, u"12 px"_s, u"Hello"_s}},
    };
    for (const auto& [type, input] : inputs) {
        QWidget page;
        const std::unique_ptr<QWidget> view(ui::createInputView({fixture.context(), jobOf(type)}, input, &page));
        const QString text = allText(*view);
        for (const QString& value : wanted.value(type))
            QVERIFY2(text.contains(value), qPrintable(core::jobs::jobTypeName(type) + u": "_s + value));
    }
}

void PayloadTypedTest::everyOutputShowsItsValues()
{
    const auto outputs = samples::fullOutputs();
    for (const auto& [type, output] : outputs) {
        QWidget page;
        const std::unique_ptr<QWidget> view(ui::createOutputView({fixture.context(), jobOf(type)}, output, &page));
        QVERIFY(view);
        QVERIFY(!allText(*view).isEmpty());
    }
}

void PayloadTypedTest::defaultsAreMarked()
{
    QWidget page;
    const auto context = ui::PayloadContext{fixture.context(), jobOf(core::JobType::SilenceDetect)};
    const auto marks = [&](const QByteArray& bytes) {
        const auto parsed = core::tasks::parseInput(core::JobType::SilenceDetect, bytes);
        const std::unique_ptr<QWidget> view(ui::createInputView(context, parsed.value, &page));
        return allText(*view).count(u"default"_s);
    };
    QCOMPARE(marks(R"({"file_path":"a"})"), 2);
    QCOMPARE(marks(R"({"file_path":"a","noise_db":-50})"), 1);
    QCOMPARE(marks(R"({"file_path":"a","noise_db":-50,"min_silence_ms":9})"), 0);
}

void PayloadTypedTest::aKeyThatNamesAJobLeadsThere()
{
    core::tasks::SilenceApplyInput input;
    input.filePath = u"a.mp4"_s;
    input.detectJobId = core::JobId{u"other-job"_s};
    QWidget page;
    const std::unique_ptr<QWidget> view(ui::createInputView({fixture.context(), jobOf(core::JobType::SilenceApply)}, input, &page));
    QSignalSpy asked(&fixture.navigator, &ui::Navigator::jobAsked);
    QTest::mouseClick(view->findChild<QPushButton*>(), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<core::JobId>(), *input.detectJobId);
}

void PayloadTypedTest::aPresetLeadsToThePresets()
{
    core::tasks::CaptionsGenerateInput input;
    input.presetId = core::PresetId{u"p"_s};
    QWidget page;
    const std::unique_ptr<QWidget> view(ui::createInputView({fixture.context(), jobOf(core::JobType::CaptionsGenerate)}, input, &page));
    QSignalSpy asked(&fixture.navigator, &ui::Navigator::pageAsked);
    auto* button = view->findChild<QPushButton*>();
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(asked.size(), 1);
}

void PayloadTypedTest::theProbeShowsFormatStreamsAndRaw()
{
    const auto outputs = samples::fullOutputs();
    QWidget page;
    const std::unique_ptr<QWidget> view(
        ui::createOutputView({fixture.context(), jobOf(core::JobType::MediaProbe)}, outputs.first().second, &page));
    const QString text = allText(*view);
    for (const auto* part :
         {"0:06.200", "6,200 ms", "123,456 bytes", "159.3 kbit/s", "mov,mp4", "320 × 180, 25 fps, turned by 90°", "16 kHz, mono"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), part);
    auto* table = view->findChild<ui::CompactTable*>();
    const QAbstractItemModelTester tester(table->model());
    QCOMPARE(table->model()->rowCount(), 2);
    auto* raw = view->findChild<ui::Disclosure*>();
    QVERIFY(!view->findChild<ui::JsonTree*>());    // made when it is opened
    raw->setOpen(true);
    QVERIFY(view->findChild<ui::JsonTree*>());
}

void PayloadTypedTest::aConversionStandsBesideWhatWasAsked()
{
    core::tasks::MediaConvertOutput result{u"out/1/a.webm"_s, core::tasks::Word<core::tasks::Container>(core::tasks::Container::Webm), 6200,
                                           77'000};
    QWidget page;
    const std::unique_ptr<QWidget> view(ui::createOutputView(
        {fixture.context(), jobOf(core::JobType::MediaConvert), R"({"file_path":"in.mp4","container":"webm","crf":33})"_ba}, result,
        &page));
    const QString text = allText(*view);
    for (const auto* part : {"0:06.200", "77,000 bytes", "out/1/a.webm", "in.mp4", "33", "Asked for"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), part);
}

void PayloadTypedTest::aConversionFetchesWhatWasAsked()
{
    const auto file =
        fixture.store.backend->importFile(fixture.store.caller, qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u"/media/clip.mp4"_s).wait();
    QVERIFY(file);
    const auto submitted = fixture.store.submit(core::JobType::MediaConvert, {{"file_path", file->toStdString()}, {"container", "mkv"}});
    QVERIFY(submitted);
    auto job = jobOf(core::JobType::MediaConvert);
    job.id = submitted->jobId;
    core::tasks::MediaConvertOutput result{u"out/1/a.mkv"_s, {}, {}, {}};
    QWidget page;
    const std::unique_ptr<QWidget> view(ui::createOutputView({fixture.context(), job}, result, &page));
    QTRY_VERIFY(allText(*view).contains(*file));
}

void PayloadTypedTest::rowsAreCopiedWithTabs()
{
    ui::CompactTable table(
        u"Rows"_s, new ui::CompactModel({{u"A"_s}, {u"B"_s}}, 3, [](int row, int column) { return u"%1/%2"_s.arg(row).arg(column); }),
        nullptr);
    table.show();
    table.setFocus();
    table.selectRow(0);
    QTest::keyClick(&table, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"0/0\t0/1\n1/0\t1/1"_s);
}

void PayloadTypedTest::pictures()
{
    if (qEnvironmentVariableIsEmpty("SIGNALBOX_SHOTS"))
        return;
    ui::PayloadView view(fixture.context());
    view.setAutoFillBackground(true);
    view.resize(576, 640);
    view.show();
    const auto choose = [&](const QString& how) { fixture.preferences.setValue(u"payload/view"_s, how); };
    int number = 0;
    const auto shoot = [&](core::JobType type, ui::PayloadKind kind, const QByteArray& bytes, const QString& name,
                           const QByteArray& input = {}) {
        auto job = jobOf(type);
        job.id = core::JobId{QString::number(++number)};
        view.showPayload(job, kind, bytes, input.isEmpty() ? std::nullopt : std::optional(input));
        test_support::shoot(view, u"payload-"_s + name);
    };
    choose(u"typed"_s);
    const auto inputs = samples::fullInputs();
    for (const auto& [type, input] : inputs)
        shoot(type, ui::PayloadKind::Input, core::tasks::writeInput(input), u"input-"_s + core::jobs::jobTypeName(type).toLower());
    const auto outputs = samples::fullOutputs();
    for (const auto& [type, output] : outputs)
        shoot(type, ui::PayloadKind::Output, core::tasks::writeOutput(output), u"output-"_s + core::jobs::jobTypeName(type).toLower(),
              R"({"file_path":"inputs/5f2c9a31/a.mp4","container":"webm","crf":33,"width":1280})");
    const QByteArray noted =
        R"({"duration_ms":204180,"total_silence_ms":28400,"segments":[{"start_ms":3200,"end_ms":"4600"}],"engine_build":"7"})";
    shoot(core::JobType::SilenceDetect, ui::PayloadKind::Output, noted, u"notes"_s);
    shoot(core::JobType::SilenceDetect, ui::PayloadKind::Input,
          R"({"file_path":"inputs/91f2d1b04c2f8a/a long folder name/interview-0412-with-a-very-long-name.wav"})", u"defaults"_s);
    choose(u"tree"_s);
    const QByteArray speech = core::tasks::writeOutput(outputs.at(4).second);
    auto job = jobOf(core::JobType::TranscriptionGenerate);
    view.showPayload(job, ui::PayloadKind::Output, speech);
    view.findChild<ui::JsonTree*>()->expandToDepth(3);
    view.findChild<ui::JsonTree*>()->showOffset(speech.indexOf("confidence"));
    test_support::shoot(view, u"payload-tree"_s);
    choose(u"raw"_s);
    shoot(core::JobType::SilenceDetect, ui::PayloadKind::Output,
          QByteArray("{\n\t\"text\": \"gr\xc3\xbc\xc3\x9f dich \xe6\x97\xa5\xe6\x9c\xac \xff\xfe\",\r\n  \"turn\": \"\xe2\x80\xae\",\n  "
                     "\"n\": 123456789012345678901234567890, "
                     "\"long\": \"") +
              QByteArray(400, 'x') + "\"\n}\n",
          u"raw"_s);
    shoot(core::JobType::SilenceDetect, ui::PayloadKind::Output, "oops, this is no JSON", u"unknown"_s);
    choose(u"typed"_s);
    shoot(core::JobType::SilenceDetect, ui::PayloadKind::Output, "oops, this is no JSON", u"nojson"_s);
    auto pending = jobOf(core::JobType::MediaProbe);
    pending.status = core::JobStatus::Pending;
    view.showPayload(pending, ui::PayloadKind::Output, {});
    test_support::shoot(view, u"payload-absent"_s);
}

QTEST_MAIN(PayloadTypedTest)
#include "tst_payload_typed.moc"
