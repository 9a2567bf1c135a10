// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/inspector/story_fixture.h"
#include "ui/base/log_view.h"
#include "ui/base/record_table.h"
#include "ui/base/time_axis.h"
#include "ui/deliveries/body_text.h"
#include "ui/inspector/command_text.h"
#include "ui/inspector/events_tab.h"
#include "ui/inspector/why_findings.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QPushButton>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestInspectorParts : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void aCommandIsOneLineThatAShellRuns_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("plain") << QStringList{u"printf"_s, u"%s|"_s, u"a.mp4"_s};
        QTest::newRow("quotes and blanks") << QStringList{u"printf"_s, u"%s|"_s, u"it's \"here\" $HOME `x` \\"_s, u""_s, u"*"_s};
        QTest::newRow("lines") << QStringList{u"printf"_s, u"%s|"_s, u"one\ntwo"_s, u"~"_s, u";rm"_s};
    }
    void aCommandIsOneLineThatAShellRuns()
    {
        QFETCH(QStringList, arguments);
        const QByteArray said = test_support::outputOf(u"sh"_s, {u"-c"_s, ui::shellLine(arguments)});
        QCOMPARE(QString::fromUtf8(said), arguments.mid(2).join(u'|') + u'|');
    }

    void recordsChangeInPlace()
    {
        ui::RecordModel model({{u"A"_s, false, false, true}});
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const auto rows = [](const QStringList& keys) {
            QList<ui::Record> records;
            for (const QString& key : keys) {
                ui::Record record;
                record.key = key;
                record.cells = {key};
                records << record;
            }
            return records;
        };
        for (const QString& keys : {u"a b c"_s, u"a b c d e"_s, u"z a c e"_s, u"e c a z"_s, u"x"_s, u""_s, u"q r"_s}) {
            model.setRecords(rows(keys.split(u' ', Qt::SkipEmptyParts)));
            QStringList now;
            for (int row = 0; row < model.rowCount(); ++row)
                now << model.index(row, 0).data().toString();
            QCOMPARE(now.join(u' '), keys);
        }
        QCOMPARE(reset.size(), 0);
    }

    void aLogKeepsItsPlaceAsItGrows()
    {
        ui::LogView view(u"log"_s);
        view.resize(400, 200);
        view.show();
        QByteArray log;
        for (int i = 0; i < 300'000; ++i)
            log += "line " + QByteArray::number(i) + '\n';
        view.setLog(log);
        view.setCurrentLine(1000);
        const int place = view.verticalScrollBar()->value();
        view.setLog(log + "one more\n");
        QCOMPARE(view.verticalScrollBar()->value(), place);
        QCOMPARE(view.selectedText(), u"line 1000\n"_s);
        view.setFollowing(true);
        view.appendLog("the last\n");
        QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
        QTest::keyClick(&view, Qt::Key_Home);
        QVERIFY(!view.isFollowing());
        QTRY_COMPARE(view.lines().count(), 300'002);    // lines are found some at a time
        view.setSearch(u"ONE MORE"_s);
        QVERIFY(view.findNext(false));
        QCOMPARE(view.currentLine(), 300'000);
    }

    void ofManyEventsAThousandAreReadAndOlderOnesWhenAsked()
    {
        test_support::StoryFixture console;
        QCOMPARE(console.open(), QString());
        const auto id = console.captions();
        QVERIFY(!id.isEmpty());
        QVERIFY(console.appendEvents(id, 2499));    // one it has
        ui::EventsTab tab(console.context(), nullptr);
        auto* table = tab.findChild<ui::RecordTable*>();
        const auto firstRow = [table] { return table->records()->index(0, 0).data(ui::RecordModel::KeyRole).toString(); };
        const auto click = [&tab](const QString& name) {
            const auto buttons = tab.findChildren<QPushButton*>();
            for (QPushButton* button : buttons) {
                if (button->accessibleName() == name && button->isEnabled())
                    button->click();
            }
        };
        const auto story = console.store.backend->jobStory(id).wait();
        QVERIFY(story.has_value());
        QCOMPARE(story->events.size(), 1000);
        QCOMPARE(ui::eventCount(*story), 2500);
        tab.showStory(*story, {});
        QCOMPARE(table->records()->rowCount(), 1000);
        QCOMPARE(table->currentKey(), u"2500"_s);
        tab.showEvent(7);    // a link of the overview leads anywhere
        QTRY_COMPARE(table->currentKey(), u"7"_s);
        QCOMPARE(firstRow(), u"1"_s);
        tab.showStory(*story, {});
        QCOMPARE(table->currentKey(), u"7"_s);
        click(u"Show later events"_s);
        QTRY_COMPARE(firstRow(), u"507"_s);
        QCOMPARE(table->records()->rowCount(), 1000);
        click(u"Show later events"_s);
        QTRY_COMPARE(firstRow(), u"1501"_s);
        click(u"Show earlier events"_s);
        QTRY_COMPARE(firstRow(), u"501"_s);
        tab.forget();
        QCOMPARE(table->records()->rowCount(), 0);
    }

    void copiesOfADocumentHaveNoSecrets()
    {
        ui::LogView view(u"row"_s);
        view.setMasksCopies(true);
        view.setLog("{\n  \"id\": 1,\n  \"input_data\": {\"api_key\":\n\"canary\"}\n}\n");
        QVERIFY(view.lines().text().contains("canary"));
        view.copyAll();
        QVERIFY(!QGuiApplication::clipboard()->text().contains(u"canary"));
        view.setCurrentLine(3);    // the secret's own line, without its key
        QCOMPARE(view.selectedText(), u"\"[masked]\"}\n"_s);
        view.setMasksCopies(false);
        QCOMPARE(view.selectedText(), u"\"canary\"}\n"_s);
    }

    void anOutputThatFellBackIsAFinding()
    {
        core::backend::JobStory story;
        story.job.status = core::JobStatus::Done;
        QVERIFY(ui::findWhy(story, {}, core::base::systemNow()).isEmpty());
        const auto findings = ui::findWhy(story, {}, core::base::systemNow(), u"Remotion is not installed"_s);
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings.first().evidence, u"Remotion is not installed"_s);
        QCOMPARE(findings.first().source, ui::WhyFinding::Source::Output);
        QVERIFY(ui::asksWhy(story, findings));
    }

    void troubleIsToldFromTerror()
    {
        QVERIFY(ui::looksLikeTrouble("Error while filtering"));
        QVERIFY(ui::looksLikeTrouble("a.mp4: No such file or directory"));
        QVERIFY(!ui::looksLikeTrouble("terrors of the night"));
        QVERIFY(!ui::looksLikeTrouble("frame= 1506 fps= 36"));
    }

    void longWaitsAreCut()
    {
        const core::Time start = core::base::fromMicros(1'800'000'000'000'000);
        const auto cuts = ui::longGaps({start, start + 1s, start + 2s, start + 3h, start + 3h + 1s, start + 3h + 2s});
        QCOMPARE(cuts.size(), 1);
        const ui::TimeScale scale(start, start + 3h + 2s, 0, 400, cuts, 34);
        QVERIFY(scale.x(start + 1s) < scale.x(start + 2s));
        QVERIFY(scale.x(start + 3h) < scale.x(start + 3h + 2s));
        QCOMPARE(qRound(scale.x(start + 3h + 2s)), 400);
        const auto ticks = ui::timeTicks(scale, 60, QTimeZone::utc());
        QVERIFY(ticks.size() >= 2 && ticks.size() < 10);
        QCOMPARE(ui::niceStep(7s), std::chrono::microseconds(10s));
    }

    void bytesThatAreNoTextAreHex()
    {
        QVERIFY(ui::isReadableText("{\"a\": 1}\n"));
        QVERIFY(!ui::isReadableText(QByteArray("a\0b", 3)));
        QVERIFY(!ui::isReadableText("\xff\xfe"));
        QVERIFY(ui::hexDump("{\"s\"", 100).startsWith("00000000  7b 22 73 22"));
    }
};

QTEST_MAIN(TestInspectorParts)
#include "tst_inspector_parts.moc"
