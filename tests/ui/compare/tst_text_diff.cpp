// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/text_diff.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::DiffMark;

namespace {

/// "-a" went, "+b" came, " c" is in both.
QStringList marked(const ui::TextDiff& diff)
{
    QStringList lines;
    for (const ui::TextLine& line : diff.lines) {
        const QString sign = line.mark == DiffMark::Added ? u"+"_s : line.mark == DiffMark::Removed ? u"-"_s : u" "_s;
        lines << sign + line.text;
    }
    return lines;
}

/// One of the two texts, from the difference alone.
QStringList rebuilt(const ui::TextDiff& diff, DiffMark without)
{
    QStringList lines;
    for (const ui::TextLine& line : diff.lines) {
        if (line.mark != without)
            lines << line.text;
    }
    return lines;
}

QByteArray manyLines(int count, int seed)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += (i > 0 ? "\n" : "") + QByteArray::number(i * 7919 + seed);
    return text;
}

}

class TextDiffTest : public QObject {
    Q_OBJECT

private slots:
    void linesAreCompared_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("same") << QByteArray("a\nb") << QByteArray("a\nb") << QStringList{u" a"_s, u" b"_s};
        QTest::newRow("changed") << QByteArray("a\nb\nc") << QByteArray("a\nx\nc") << QStringList{u" a"_s, u"-b"_s, u"+x"_s, u" c"_s};
        QTest::newRow("added") << QByteArray("a") << QByteArray("a\nb") << QStringList{u" a"_s, u"+b"_s};
        QTest::newRow("removed") << QByteArray("a\nb") << QByteArray("b") << QStringList{u"-a"_s, u" b"_s};
        QTest::newRow("nothing before") << QByteArray() << QByteArray("a") << QStringList{u"+a"_s};
        QTest::newRow("nothing at all") << QByteArray() << QByteArray() << QStringList{};
        QTest::newRow("json is laid out") << QByteArray(R"({"a":1,"b":[]})") << QByteArray("{ \"a\" : 1,\n\"b\":[ ] }")
                                          << QStringList{u" {"_s, u"   \"a\": 1,"_s, u"-  \"b\": []"_s, u"+  \"b\": [ ]"_s, u" }"_s};
        QTest::newRow("values as they are spelt")
            << QByteArray("[1e3]") << QByteArray("[1000]") << QStringList{u" ["_s, u"-  1e3"_s, u"+  1000"_s, u" ]"_s};
    }
    void linesAreCompared()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QTEST(marked(ui::compareTexts(before, after)), "lines");
    }

    void sideBySideALineStandsByTheOneThatCameForIt()
    {
        const auto rows = ui::sideBySideRows(ui::compareTexts("a\nb\nc\nd", "a\nx\ny\nd\ne"));
        QCOMPARE(rows.size(), 5);
        QCOMPARE(rows[1], (ui::DiffRow{DiffMark::Changed, {u"2"_s, u"b"_s, u"2"_s, u"x"_s}}));
        QCOMPARE(rows[2], (ui::DiffRow{DiffMark::Changed, {u"3"_s, u"c"_s, u"3"_s, u"y"_s}}));
        QCOMPARE(rows[3], (ui::DiffRow{DiffMark::Same, {u"4"_s, u"d"_s, u"4"_s, u"d"_s}}));
        QCOMPARE(rows[4], (ui::DiffRow{DiffMark::Added, {QString(), QString(), u"5"_s, u"e"_s}}));
    }

    void largeTextsGiveBothTextsBack_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const QByteArray most = manyLines(20'000, 0);
        QByteArray some = most;
        some.replace("\n791900\n", "\nchanged\n");
        QTest::newRow("one line of 20,000") << most << some;
        QTest::newRow("every line of 20,000") << most << manyLines(20'000, 1);
        QTest::newRow("3,000 against 20,000") << manyLines(3'000, 1) << most;
    }
    void largeTextsGiveBothTextsBack()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QElapsedTimer timer;
        timer.start();
        const ui::TextDiff diff = ui::compareTexts(before, after);
        qInfo("%lld ms, %lld lines differ", static_cast<long long>(timer.elapsed()), static_cast<long long>(diff.differences));
        QVERIFY(!diff.isCut);
        QCOMPARE(rebuilt(diff, DiffMark::Added), QString::fromUtf8(before).split(u'\n'));
        QCOMPARE(rebuilt(diff, DiffMark::Removed), QString::fromUtf8(after).split(u'\n'));
    }

    void copiesAreMasked_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("a value") << R"({"a":1,"api_key":"canary-1","b":2})"_ba
                                 << R"({"a":1,"api_key":"canary-2","b":2})"_ba;
        QTest::newRow("on many lines") << R"({"password":{"x":["canary-1",2]},"b":2})"_ba
                                       << R"({"password":{"x":["canary-2"]},"b":3})"_ba;
        QTest::newRow("only in one") << R"({"b":2})"_ba
                                     << R"({"b":2,"secret":[{"k":"canary"}]})"_ba;
        QTest::newRow("beside its name") << R"([{"name":"X-Api-Key","value":"canary-1"}])"_ba
                                         << R"([{"name":"X-Api-Key","value":"canary-2"}])"_ba;
        QTest::newRow("a text") << "one\ntoken=canary-1\nthree"_ba
                                << "one\ntoken=canary-2\nthree"_ba;
        QTest::newRow("a block of lines") << "a: 1\nsecret: |\n  canary\n  canary\nb: 2"_ba
                                          << "a: 1\nb: 2"_ba;
    }
    void copiesAreMasked()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const ui::TextDiff diff = ui::compareTexts(before, after);
        const auto differences = core::tasks::comparePayloads(before, after);
        QList<ui::DiffRow> rows = ui::unifiedRows(diff) + ui::sideBySideRows(diff);
        if (differences)
            rows += ui::meaningRows(differences->differences, before, after);
        QString shown, copied;
        for (const ui::DiffRow& row : std::as_const(rows)) {
            shown += row.cells.join(u'|') + u'\n';
            copied += (row.copies.isEmpty() ? row.cells : row.copies).join(u'|') + u'\n';
            QVERIFY(row.copies.isEmpty() || row.copies.size() == row.cells.size());
        }
        QVERIFY(shown.contains(u"canary"_s));
        QVERIFY2(!copied.contains(u"canary"_s), qPrintable(copied));
        QVERIFY2(copied.contains(u"[masked]"_s), qPrintable(copied));
    }

    void beyondTheMostItSaysSo()
    {
        const ui::TextDiff diff = ui::compareTexts(manyLines(20'001, 0), manyLines(20'000, 0));
        QVERIFY(diff.isCut);
        QCOMPARE(diff.lines.size(), 20'000);
        const QByteArray wide = "[" + manyLines(30'000, 0).replace('\n', ',') + "]";
        QCOMPARE(ui::laidOutLines(wide, 100).size(), 100);
    }
};

QTEST_GUILESS_MAIN(TextDiffTest)
#include "tst_text_diff.moc"
