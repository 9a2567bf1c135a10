// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/filter/bar_fixture.h"
#include "ui/filter/filter_completion.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QListView>

using namespace Qt::StringLiterals;
using test_support::BarFixture;

class TestFilterCompletion : public QObject {
    Q_OBJECT

    static QStringList words(const ui::FilterCompletion& completion)
    {
        QStringList all;
        for (const auto& suggestion : completion.suggestions)
            all << suggestion.word;
        return all;
    }

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void whatFitsAtTheCursor_data()
    {
        QTest::addColumn<QString>("draft");    // | is the cursor
        QTest::addColumn<QString>("title");
        QTest::addColumn<QStringList>("offered");

        const QStringList former{u"owner:u-12,u-7 since:3h"_s, u"!OWNER:\"a b\""_s, u"input.file_path:*.mp4"_s};
        QTest::newRow("a key") << u"st|"_s << u"Keys"_s << QStringList{u"status:"_s};
        QTest::newRow("after not") << u"a !pro|"_s << u"Keys"_s << QStringList{u"project:"_s};
        QTest::newRow("in a parenthesis") << u"(a OR retr|"_s << u"Keys"_s << QStringList{u"retried-from:"_s};
        QTest::newRow("underscores and capitals") << u"Retried_F|"_s << u"Keys"_s << QStringList{u"retried-from:"_s};
        QTest::newRow("payload") << u"inp|"_s << u"Keys"_s << QStringList{u"input."_s};
        QTest::newRow("nothing fits") << u"exit|"_s << u"Keys"_s << QStringList{};
        QTest::newRow("values") << u"has:|"_s << u"Values of has"_s << QStringList{u"error"_s, u"output"_s, u"cancel"_s};
        QTest::newRow("the failed first") << u"status:f|"_s << u"Values of status"_s << QStringList{u"failed"_s, u"finished"_s};
        QTest::newRow("by a part of the word") << u"type:det|"_s << u"Values of type"_s << QStringList{u"silence-detect"_s};
        QTest::newRow("not again") << u"has:error,|"_s << u"Values of has"_s << QStringList{u"output"_s, u"cancel"_s};
        QTest::newRow("what stands there in full") << u"has:error|"_s << u"Values of has"_s << QStringList{};
        QTest::newRow("former values") << u"owner:|"_s << u"Values of owner"_s << QStringList{u"u-12"_s, u"u-7"_s, u"\"a b\""_s};
        QTest::newRow("former ages first") << u"since:|"_s << u"Values of since"_s
                                           << QStringList{u"3h"_s, u"15m"_s, u"1h"_s, u"24h"_s, u"7d"_s};
        QTest::newRow("former paths") << u"input.file_path:|"_s << u"Values of input.file_path"_s << QStringList{u"*.mp4"_s};
        QTest::newRow("unknown key") << u"foo:|"_s << u""_s << QStringList{};
        QTest::newRow("within a quote") << u"\"sta|"_s << u"Keys"_s << QStringList{};
        QTest::newRow("behind OR") << u"a OR|"_s << u""_s << QStringList{};
        QTest::newRow("in the middle") << u"has:er| b"_s << u"Values of has"_s << QStringList{u"error"_s};
    }
    void whatFitsAtTheCursor()
    {
        QFETCH(QString, draft);
        QFETCH(QStringList, offered);
        const QStringList former{u"owner:u-12,u-7 since:3h"_s, u"!OWNER:\"a b\""_s, u"input.file_path:*.mp4"_s};
        const qsizetype cursor = draft.indexOf(u'|');
        const auto completion = ui::completionAt(draft.remove(cursor, 1), cursor, former);
        QTEST(completion.title, "title");
        QCOMPARE(words(completion), offered);
    }

    void everyKeyHasItsHelp()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        QVERIFY(!fixture.completes());    // it does not open by itself
        fixture.bar->startEditing();
        QVERIFY(fixture.completes());
        QCOMPARE(fixture.offered().size(), core::jobs::filterKeys().size());
        for (const auto& suggestion : fixture.popup()->model()->suggestions())
            QVERIFY(!suggestion.help.isEmpty());
        QVERIFY(fixture.draft->hasFocus());
        test_support::shoot(fixture.window, u"filter-keys"_s);
    }

    void tabTakesAndTheArrowsChoose()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.type(u"stat"_s);
        fixture.press(Qt::Key_Tab);
        QCOMPARE(fixture.draft->text(), u"status:"_s);
        QVERIFY(fixture.draft->hasFocus());
        QCOMPARE(fixture.popup()->currentRow(), 0);
        fixture.press(Qt::Key_Down);
        fixture.press(Qt::Key_Down);
        fixture.press(Qt::Key_Up);
        QCOMPARE(fixture.popup()->currentRow(), 1);
        const QString second = fixture.offered().at(1);
        fixture.press(Qt::Key_Tab);
        QCOMPARE(fixture.draft->text(), u"status:"_s + second);
        QCOMPARE(fixture.applied->count(), 0);
        QVERIFY(fixture.draft->hasFocus());
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.bar->text(), u"status:"_s + second);
    }

    void tabWithNothingTypedGoesOn()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->startEditing();
        fixture.press(Qt::Key_Tab);
        QVERIFY(!fixture.draft->hasFocus());
        QVERIFY(!fixture.completes());
    }

    void enterTakesOnlyWhatWasChosen()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.type(u"has"_s);    // a word to search for, if a person means it so
        QVERIFY(fixture.completes());
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.bar->text(), u"has"_s);
        fixture.type(u"status"_s);
        fixture.press(Qt::Key_Down);
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.draft->text(), u"status:"_s);
        QCOMPARE(fixture.bar->text(), u"has"_s);
        fixture.press(Qt::Key_Up);
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.bar->text(), u"has status:finished"_s);
        QCOMPARE(fixture.applied->count(), 2);
    }

    void aCommaAddsOneMore()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.type(u"status:fai,"_s);
        QCOMPARE(fixture.draft->text(), u"status:failed,"_s);
        QVERIFY(fixture.completes());
        QVERIFY(!fixture.offered().contains(u"failed"_s));
        fixture.type(u"can"_s);
        fixture.press(Qt::Key_Tab);
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.chips(), QStringList{u"status failed, cancelled"_s});
        // a comma is a comma where the value stands in full, and under other keys
        fixture.type(u"type:silence-apply,owner:a,b"_s);
        QCOMPARE(fixture.draft->text(), u"type:silence-apply,owner:a,b"_s);
    }

    void anExclamationMarkTurnsTheTermRound()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.type(u"a status:fai!"_s);
        QCOMPARE(fixture.draft->text(), u"a !status:fai"_s);
        QVERIFY(fixture.completes());
        fixture.type(u"!"_s);
        QCOMPARE(fixture.draft->text(), u"a status:fai"_s);
        fixture.type(u"!"_s);
        fixture.press(Qt::Key_Tab);
        fixture.press(Qt::Key_Return);
        QCOMPARE(fixture.bar->text(), u"a !status:failed"_s);
        QVERIFY(fixture.field->chips().at(1)->piece().isNegated);
        fixture.type(u"message:no!"_s);
        QCOMPARE(fixture.draft->text(), u"message:no!"_s);
    }

    void theMouseTakesAndTheFieldKeepsTheFocus()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.type(u"has:"_s);
        auto* list = fixture.popup()->findChild<QListView*>();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(1, 0)).center());
        QCOMPARE(fixture.draft->text(), u"has:output"_s);
        QVERIFY(fixture.draft->hasFocus());
        QVERIFY(!fixture.completes());
        // and it goes when the focus does
        fixture.type(u",e"_s);
        QVERIFY(fixture.completes());
        fixture.draft->clearFocus();
        QVERIFY(!fixture.completes());
    }

    void formerValuesOfThisConnectionAreOffered()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        fixture.bar->setText(u"owner:u-12"_s);
        fixture.bar->setText({});
        fixture.type(u"owner:"_s);
        QCOMPARE(fixture.offered(), QStringList{u"u-12"_s});
    }

    void countsComeFromTheStore()
    {
        BarFixture fixture;
        QVERIFY(fixture.show());
        QFile file(fixture.console.store.path(u"b.mp4"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("media");
        file.close();
        for (int i = 0; i < 3; ++i)
            QVERIFY(fixture.console.store.submit(core::JobType::SilenceDetect, {{"file_path", "b.mp4"}, {"min_silence_ms", 500 + i}}));
        fixture.bar->setText(u"since:24h !owner:u-99"_s);
        fixture.bar->setCountText(u"3 loaded"_s);
        test_support::shoot(fixture.window, u"filter-chips"_s);
        fixture.type(u"status:"_s);
        const auto count = [&](const QString& word) {
            const qsizetype row = fixture.offered().indexOf(word);
            return fixture.popup()->model()->index(static_cast<int>(row)).data(ui::SuggestionModel::CountRole).toString();
        };
        QCOMPARE(count(u"pending"_s), QString());    // blank until it is known
        QTRY_COMPARE(count(u"pending"_s), u"3"_s);
        QTRY_COMPARE(count(u"active"_s), u"3"_s);
        QTRY_COMPARE(count(u"finished"_s), u"0"_s);
        const auto labels = fixture.popup()->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) { return label->text() == u"last 24 h"_s; }));
        test_support::shoot(fixture.window, u"filter-values"_s);
        // under a filter that takes none of them, there are none
        fixture.press(Qt::Key_Escape);
        fixture.bar->setText(u"owner:nobody"_s);
        fixture.type(u"status:"_s);
        QTRY_COMPARE(count(u"pending"_s), u"0"_s);
        fixture.press(Qt::Key_Escape);
        fixture.bar->setText(u"since:24h status:failed,cancelled !(owner:u-99 OR has:error)"_s);
        fixture.type(u"type:captions status:lost"_s);
        test_support::shoot(fixture.window, u"filter-error"_s);
        fixture.press(Qt::Key_Escape);
        fixture.press(Qt::Key_Left);
        test_support::shoot(fixture.window, u"filter-walk"_s);
    }

    void theListIsAProperModel()
    {
        ui::SuggestionModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSuggestions(ui::completionAt(u"status:"_s, 7, {}).suggestions);
        model.setCount(u"failed"_s, u"14"_s);
        QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(), u"failed, 14 jobs"_s);
        model.setSuggestions(ui::completionAt(u""_s, 0, {}).suggestions);
        model.setSuggestions({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestFilterCompletion)
#include "tst_filter_completion.moc"
