// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/json_tree.h"
#include "ui/payload/json_tree_model.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::JsonTreeModel;

namespace {

core::JsonText parsed(const QByteArray& bytes)
{
    auto text = core::JsonText::parse(bytes);
    Q_ASSERT(text);
    return *text;
}

QModelIndex fetched(JsonTreeModel& model, const QModelIndex& parent = {})
{
    while (model.canFetchMore(parent))
        model.fetchMore(parent);
    return parent;
}

QString cell(const JsonTreeModel& model, int row, JsonTreeModel::Column column, const QModelIndex& parent = {})
{
    return model.index(row, static_cast<int>(column), parent).data().toString();
}

}

class JsonTreeModelTest : public QObject {
    Q_OBJECT

private slots:
    void valuesAreShownAsTheyAreSpelt_data();
    void valuesAreShownAsTheyAreSpelt();
    void bothOfADuplicateKeyAreShown();
    void aScalarIsOneRow();
    void aByteOrderMarkIsNoRow();
    void hugeArraysStandInRanges();
    void aPlaceInTheBytesLeadsToItsRow_data();
    void aPlaceInTheBytesLeadsToItsRow();
    void aPlaceDeepInAHugeArrayIsFound();
    void ofMillionsNoStepMakesMoreThanAThousandRows();
    void aPlaceAmongMillionsSurvivesAChange();
    void pointersAreEscaped();
    void hostileTextIsOneLine();
    void copiesAreExact();
    void noCopyHoldsASecret_data();
    void noCopyHoldsASecret();
    void expansionSurvivesAChange();
    void theAsteriskOpensOneLevelOnly();
};

void JsonTreeModelTest::valuesAreShownAsTheyAreSpelt_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("kind");
    QTest::newRow("point zero") << "1.0"_ba << u"number"_s;
    QTest::newRow("exponent") << "1e3"_ba << u"number"_s;
    QTest::newRow("capital exponent") << "-0.5E+07"_ba << u"number"_s;
    QTest::newRow("beyond 64 bits") << "123456789012345678901234567890"_ba << u"number"_s;
    QTest::newRow("negative zero") << "-0"_ba << u"number"_s;
    QTest::newRow("escapes stay") << R"("a\u00e9\/b\n")"_ba << u"string"_s;
    QTest::newRow("lone surrogate") << R"("\ud800x")"_ba << u"string"_s;
    QTest::newRow("null") << "null"_ba << u"null"_s;
    QTest::newRow("true") << "true"_ba << u"boolean"_s;
    QTest::newRow("empty object") << "{}"_ba << u"object"_s;
    QTest::newRow("empty array") << "[]"_ba << u"array"_s;
}

void JsonTreeModelTest::valuesAreShownAsTheyAreSpelt()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, kind);
    JsonTreeModel model;
    model.setText(parsed("{\"key\" : " + value + " }"));
    const QAbstractItemModelTester tester(&model);
    fetched(model);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, JsonTreeModel::Column::Key), u"key"_s);
    QCOMPARE(cell(model, 0, JsonTreeModel::Column::Value), QString::fromUtf8(value));
    QCOMPARE(cell(model, 0, JsonTreeModel::Column::Kind), kind);
    QCOMPARE(model.rawOf(model.index(0, 0)), value);
}

void JsonTreeModelTest::bothOfADuplicateKeyAreShown()
{
    JsonTreeModel model;
    model.setText(parsed(R"({"a":1,"b":2,"a":3})"));
    const QAbstractItemModelTester tester(&model);
    fetched(model);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 0, JsonTreeModel::Column::Value), u"1"_s);
    QCOMPARE(cell(model, 2, JsonTreeModel::Column::Key), u"a"_s);
    QCOMPARE(cell(model, 2, JsonTreeModel::Column::Value), u"3"_s);
}

void JsonTreeModelTest::aScalarIsOneRow()
{
    JsonTreeModel model;
    model.setText(parsed(" 42 "));
    const QAbstractItemModelTester tester(&model);
    fetched(model);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, JsonTreeModel::Column::Value), u"42"_s);
    QCOMPARE(model.pointerOf(model.index(0, 0)), QString());
    QVERIFY(!model.hasChildren(model.index(0, 0)));
    model.setText({});
    QCOMPARE(model.rowCount(), 0);
}

void JsonTreeModelTest::aByteOrderMarkIsNoRow()
{
    JsonTreeModel model;
    model.setText(parsed("\xef\xbb\xbf{\"a\":1}"));
    fetched(model);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, JsonTreeModel::Column::Key), u"a"_s);
}

void JsonTreeModelTest::hugeArraysStandInRanges()
{
    QByteArray bytes = "{\"list\":[0";
    for (int i = 1; i < 2501; ++i)
        bytes += ',' + QByteArray::number(i);
    bytes += "]}";
    JsonTreeModel model;
    model.setText(parsed(bytes));
    const QAbstractItemModelTester tester(&model);
    fetched(model);
    const QModelIndex list = fetched(model, model.index(0, 0));
    QCOMPARE(model.rowCount(list), 3);
    QCOMPARE(cell(model, 2, JsonTreeModel::Column::Key, list), u"[2,000 … 2,500]"_s);
    const QModelIndex last = fetched(model, model.index(2, 0, list));
    QCOMPARE(model.rowCount(last), 501);
    QCOMPARE(cell(model, 500, JsonTreeModel::Column::Value, last), u"2500"_s);
    QCOMPARE(model.pointerOf(model.index(500, 0, last)), u"/list/2500"_s);
    QVERIFY(model.rawOf(last).startsWith("2000,2001"));
    QVERIFY(model.rawOf(last).endsWith(",2500"));
}

void JsonTreeModelTest::aPlaceInTheBytesLeadsToItsRow_data()
{
    QTest::addColumn<QByteArray>("needle");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("a key") << "one"_ba << u"/one"_s;
    QTest::newRow("a value") << "first"_ba << u"/one"_s;
    QTest::newRow("the key of an object") << "two"_ba << u"/two"_s;
    QTest::newRow("a nested value") << "deep"_ba << u"/two/list/1/x"_s;
    QTest::newRow("an element") << "77"_ba << u"/two/list/0"_s;
    QTest::newRow("the last") << "end"_ba << u"/z"_s;
}

void JsonTreeModelTest::aPlaceInTheBytesLeadsToItsRow()
{
    QFETCH(QByteArray, needle);
    QFETCH(QString, pointer);
    const QByteArray bytes = R"({"one":"first", "two": {"list":[77,{"x":"deep"}]}, "z":"end"})";
    JsonTreeModel model;
    model.setText(parsed(bytes));
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.pointerOf(model.indexAt(bytes.indexOf(needle))), pointer);
}

void JsonTreeModelTest::aPlaceDeepInAHugeArrayIsFound()
{
    QByteArray bytes = "[";
    for (int i = 0; i < 1'200'000; ++i)
        bytes += i == 1'100'007 ? "\"here\"," : "1,";
    bytes += "0]";
    JsonTreeModel model;
    model.setText(parsed(bytes));
    const QModelIndex found = model.indexAt(bytes.indexOf("here"));
    QCOMPARE(model.pointerOf(found), u"/1100007"_s);
    // only the way there was made
    QCOMPARE(model.rowCount(found.parent()), 1000);
    QCOMPARE(model.rowCount(model.index(0, 0)), 0);    // of the other ranges nothing
}

void JsonTreeModelTest::ofMillionsNoStepMakesMoreThanAThousandRows()
{
    const auto text = parsed("[" + QByteArray("7,").repeated(1'200'000) + "\"last\"]");
    JsonTreeModel model;
    model.setText(text, ui::JsonRanges::of(text));
    int most = 0;
    int all = model.rowCount();
    connect(&model, &QAbstractItemModel::rowsInserted, this, [&](const QModelIndex&, int first, int last) {
        most = std::max(most, last - first + 1);
        all += last - first + 1;
    });
    QCOMPARE(cell(model, 0, JsonTreeModel::Column::Key), u"[0 … 999,999]"_s);
    QCOMPARE(cell(model, 1, JsonTreeModel::Column::Key), u"[1,000,000 … 1,200,000]"_s);
    const QModelIndex last = model.indexAt(text.bytes().indexOf("last"));
    QCOMPARE(model.pointerOf(last), u"/1200000"_s);
    const QModelIndex middle = model.indexAt(text.bytes().size() / 2);
    QVERIFY(!model.isRange(middle));
    QVERIFY2(most <= 1000, qPrintable(QString::number(most)));
    QVERIFY2(all <= 3000, qPrintable(QString::number(all)));
    const QModelIndex million = model.index(0, 0);
    QCOMPARE(model.rawOf(million).size(), qsizetype{2'000'000} - 1);
    QCOMPARE(model.rowCount(fetched(model, million)), 1000);
    QCOMPARE(cell(model, 999, JsonTreeModel::Column::Key, million), u"[999,000 … 999,999]"_s);
}

void JsonTreeModelTest::aPlaceAmongMillionsSurvivesAChange()
{
    const QByteArray many = QByteArray("1,").repeated(1'050'000);
    ui::JsonTree tree;
    tree.setText(parsed("{\"x\":[" + many + "2]}"), false);
    const QByteArray before = tree.rows().text()->bytes();
    tree.showOffset(before.indexOf('2'));
    QCOMPARE(tree.rows().pointerOf(tree.currentIndex()), u"/x/1050000"_s);
    tree.setText(parsed("{\"new\":0, \"x\":[" + many + "3]}"), true);
    QCOMPARE(tree.rows().pointerOf(tree.currentIndex()), u"/x/1050000"_s);
    for (QModelIndex above = tree.currentIndex().parent(); above.isValid(); above = above.parent())
        QVERIFY(tree.isExpanded(above));
}

void JsonTreeModelTest::pointersAreEscaped()
{
    JsonTreeModel model;
    model.setText(parsed(R"({"a/b~c":{"":[5]}})"));
    const QModelIndex found = model.indexAt(14);
    QCOMPARE(model.pointerOf(found), u"/a~1b~0c//0"_s);
    QCOMPARE(model.keyOf(found), u"0"_s);
    QCOMPARE(model.keyOf(found.parent().parent()), u"a/b~c"_s);
}

void JsonTreeModelTest::hostileTextIsOneLine()
{
    JsonTreeModel model;
    const QByteArray value = "\"<b>x</b>\xe2\x80\xae gnp.exe " + QByteArray(100'000, 'y') + '"';
    model.setText(parsed("{\"k\xe2\x80\xae\":" + value + '}'));
    fetched(model);
    const QString shown = cell(model, 0, JsonTreeModel::Column::Value);
    QVERIFY(shown.size() <= 501);
    QVERIFY(!shown.contains(QChar(0x202e)));
    QVERIFY(shown.startsWith(u"\"<b>x</b>"_s));
    QVERIFY(!cell(model, 0, JsonTreeModel::Column::Key).contains(QChar(0x202e)));
    QVERIFY(!model.index(0, 1).data(Qt::ToolTipRole).toString().contains(u"<b>x"_s));
}

void JsonTreeModelTest::copiesAreExact()
{
    ui::JsonTree tree;
    tree.setText(parsed(R"({"a":{"n": 1.0, "s":"x\"y\u00e9"}})"), false);
    const auto copied = [&](auto copy, QLatin1String needle) {
        tree.showOffset(tree.rows().text()->bytes().indexOf(needle.latin1()));
        (tree.*copy)();
        return QGuiApplication::clipboard()->text();
    };
    QCOMPARE(copied(&ui::JsonTree::copyValue, "1.0"_L1), u"1.0"_s);
    QCOMPARE(copied(&ui::JsonTree::copyValue, "x\\\""_L1), u"x\"yé"_s);
    QCOMPARE(copied(&ui::JsonTree::copyKey, "1.0"_L1), u"n"_s);
    QCOMPARE(copied(&ui::JsonTree::copyPointer, "1.0"_L1), u"/a/n"_s);
    QCOMPARE(copied(&ui::JsonTree::copySubtree, "a"_L1), uR"({"n": 1.0, "s":"x\"y\u00e9"})"_s);
    tree.setFocus();
    QTest::keyClick(&tree, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"/a"_s);
}

void JsonTreeModelTest::noCopyHoldsASecret_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("subtree");
    QTest::newRow("the value itself") << R"({"token":"canary"})"_ba
                                      << "canary"_ba << u"[masked]"_s << u"\"[masked]\""_s;
    QTest::newRow("inside a secret") << R"({"password":{"x":["canary"]}})"_ba
                                     << "canary"_ba << u"[masked]"_s << u"\"[masked]\""_s;
    QTest::newRow("around it") << R"({"a":{"api_key":"canary","b":1}})"_ba
                               << "a\""_ba << uR"({"api_key":"[masked]","b":1})"_s << uR"({"api_key":"[masked]","b":1})"_s;
    QTest::newRow("said, not kept") << R"({"text":"the token: canary"})"_ba
                                    << "canary"_ba << u"the token: canary"_s << u"\"the token: canary\""_s;
}

void JsonTreeModelTest::noCopyHoldsASecret()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, row);
    ui::JsonTree tree;
    tree.setText(parsed(json), false);
    tree.showOffset(json.indexOf(row));
    tree.copyValue();
    QTEST(QGuiApplication::clipboard()->text(), "value");
    tree.copySubtree();
    QTEST(QGuiApplication::clipboard()->text(), "subtree");
}

void JsonTreeModelTest::expansionSurvivesAChange()
{
    ui::JsonTree tree;
    tree.resize(400, 300);
    tree.setText(parsed(R"({"a":{"b":[1,2]},"c":{"d":1}})"), false);
    tree.showOffset(tree.rows().text()->bytes().indexOf('2'));
    tree.setText(parsed(R"({"new":0,"a":{"b":[1,3]},"c":{"d":1}})"), true);
    QCOMPARE(tree.rows().pointerOf(tree.currentIndex()), u"/a/b/1"_s);
    QVERIFY(tree.isExpanded(tree.currentIndex().parent()));
    QVERIFY(tree.isExpanded(tree.currentIndex().parent().parent()));
    QVERIFY(!tree.isExpanded(tree.rows().index(2, 0)));
}

void JsonTreeModelTest::theAsteriskOpensOneLevelOnly()
{
    ui::JsonTree tree;
    tree.setText(parsed(R"({"a":{"b":{"c":{}}}})"), false);
    tree.setCurrentIndex(tree.rows().index(0, 0));
    QTest::keyClick(&tree, Qt::Key_Asterisk);
    QVERIFY(tree.isExpanded(tree.rows().index(0, 0)));
    QVERIFY(!tree.isExpanded(tree.rows().index(0, 0, tree.rows().index(0, 0))));
}

QTEST_MAIN(JsonTreeModelTest)
#include "tst_json_tree_model.moc"
