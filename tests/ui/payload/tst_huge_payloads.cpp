// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/base/compact_table.h"
#include "ui/payload/payload_view.h"
#include "ui/payload/typed_view.h"

#include <QTableView>

#include <ctime>

using namespace Qt::StringLiterals;

namespace {

/// Of this thread only: what others do on the machine does not count.
double cpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

QByteArray listOf(const QByteArray& element, int count)
{
    QByteArray list = "[" + (element + ',').repeated(count);
    list.back() = ']';
    return list;
}

}

class HugePayloadsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        QCOMPARE(m_console.open(), QString());
    }

    void aTypedViewOfManyRowsIsNoBurden_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<bool>("isInput");
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray segment = R"({"start_ms":1000,"end_ms":2000})";
        const auto row = [](const char* name, core::JobType type, bool isInput, const QByteArray& bytes) {
            QTest::newRow(name) << static_cast<int>(type) << isInput << bytes;
        };
        row("10,000 streams", core::JobType::MediaProbe, false,
            R"({"format":{"duration_ms":1000},"streams":)" + listOf(R"({"index":1,"kind":"audio","codec":"aac","channels":2})", 10'000) +
                '}');
        row("100,000 silences", core::JobType::SilenceDetect, false,
            R"({"duration_ms":90000,"segments":)" + listOf(segment, 100'000) + '}');
        row("100,000 silences cut", core::JobType::SilenceApply, false, R"({"file_path":"b.mp4","duration_ms":90000,"removed_ms":1000})");
        row("100,000 silences to cut", core::JobType::SilenceApply, true,
            R"({"file_path":"a.mp4","segments":)" + listOf(segment, 100'000) + '}');
        row("20,000 cues", core::JobType::TranscriptionGenerate, false,
            R"({"text":"","segments":)" + listOf(R"({"start_ms":1000,"end_ms":2000,"text":"what is said"})", 20'000) + '}');
        row("10,000 frames", core::JobType::FrameExtract, false,
            R"({"frames":)" + listOf(R"({"timestamp_ms":1000,"file_path":"f.jpg"})", 10'000) + '}');
        row("50,000 captions", core::JobType::CaptionsGenerate, true,
            R"({"file_path":"a.mp4","segments":)" + listOf(R"({"start_ms":1,"end_ms":2,"text":"x"})", 50'000) + '}');
    }
    void aTypedViewOfManyRowsIsNoBurden()
    {
        QFETCH(int, type);
        QFETCH(bool, isInput);
        QFETCH(QByteArray, bytes);
        core::jobs::JobSummary job;
        job.id = core::JobId{u"018f0000-0000-7000-8000-000000000001"_s};
        job.type = static_cast<core::JobType>(type);
        job.status = core::JobStatus::Done;
        // what was cut stands in the input
        const QByteArray asked = R"({"file_path":"a.mp4","segments":)" + listOf(R"({"start_ms":1000,"end_ms":2000})", 100'000) + '}';
        const ui::PayloadContext context{m_console.context(), job, asked};
        double most = 0;
        const auto step = [&](const char* what, const auto& act) {
            const double before = cpuMs();
            act();
            const double took = cpuMs() - before;
            most = std::max(most, took);
            qInfo("%s: %.1f ms", what, took);
        };
        const auto input = core::tasks::parseInput(job.type, bytes);
        const auto output = core::tasks::parseOutput(job.type, bytes);
        std::unique_ptr<QWidget> view;
        step("made", [&] {
            view.reset(isInput ? ui::createInputView(context, input.value, nullptr) : ui::createOutputView(context, output.value, nullptr));
        });
        view->resize(576, 700);
        step("shown", [&] {
            view->show();
            view->grab();
        });
        const auto tables = view->findChildren<QTableView*>();
        for (QTableView* table : tables) {
            step("to the end", [&] {
                table->scrollToBottom();
                view->grab();
            });
        }
        step("wider", [&] {
            view->resize(900, 700);
            view->grab();
        });
        step("let go", [&] { view.reset(); });
        // fifty milliseconds are the goal of an optimised build; this holds in any, and far from what a walk over all rows for each of them takes
        QVERIFY2(most < 400, qPrintable(QString::number(most)));
    }

private:
    test_support::ConsoleFixture m_console;
};

QTEST_MAIN(HugePayloadsTest)
#include "tst_huge_payloads.moc"
