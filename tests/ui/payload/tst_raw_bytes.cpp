// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/byte_rows.h"
#include "ui/payload/byte_search.h"
#include "ui/payload/raw_area.h"
#include "ui/payload/row_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QTest>

#include <random>

using namespace Qt::StringLiterals;
using ui::ByteRows;

namespace {

/// The rows as one would count them without any marks.
QList<std::pair<qsizetype, qsizetype>> plainRows(const QByteArray& bytes, int columns)
{
    QList<std::pair<qsizetype, qsizetype>> rows;
    for (qsizetype start = 0; start < bytes.size();) {
        const qsizetype found = bytes.indexOf('\n', start);
        const qsizetype end = found < 0 ? bytes.size() : found;
        qsizetype begin = start;
        for (qsizetype part = 1; start + part * columns < end; ++part) {
            qsizetype cut = start + part * columns;
            for (int back = 0; back <= 3; ++back) {
                if ((static_cast<unsigned char>(bytes.at(cut - back)) & 0xc0) != 0x80) {
                    cut -= back;
                    break;
                }
            }
            rows << std::pair(begin, cut);
            begin = cut;
        }
        rows << std::pair(begin, end);
        start = end + 1;
    }
    return rows;
}

QByteArray noise(unsigned seed, qsizetype size, int lineBreaksPer1000)
{
    std::mt19937 random(seed);
    QByteArray bytes;
    while (bytes.size() < size) {
        const auto dice = static_cast<unsigned>(random() % 1000);
        if (dice < static_cast<unsigned>(lineBreaksPer1000))
            bytes += '\n';
        else if (dice < 300)
            bytes += "é";
        else if (dice < 400)
            bytes += "\xf0\x9f\x8e\xac";
        else if (dice < 420)
            bytes += static_cast<char>(0x80 + random() % 0x80);
        else
            bytes += static_cast<char>('a' + random() % 26);
    }
    return bytes;
}

}

class RawBytesTest : public QObject {
    Q_OBJECT

private slots:
    void rowsAreWhatPlainCountingGives_data();
    void rowsAreWhatPlainCountingGives();
    void aHugeLineIsFoundByItsRow();
    void theFinderFindsWhatIndexOfFinds_data();
    void theFinderFindsWhatIndexOfFinds();
    void everyHitIsFoundOnce();
    void whatHasNoPictureIsASign_data();
    void whatHasNoPictureIsASign();
    void columnsAndBytesMeet();
    void theSelectionIsCopiedExactly();
    void keysMoveOverWholeCharacters();
    void aPlaceBeyondTheFirstScreenIsGoneTo();
    void theMouseSelects();
};

void RawBytesTest::rowsAreWhatPlainCountingGives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("one byte") << "x"_ba;
    QTest::newRow("a break") << "\n"_ba;
    QTest::newRow("ends with a break") << "ab\ncd\n"_ba;
    QTest::newRow("exactly one row") << QByteArray(40, 'x');
    QTest::newRow("exactly two rows and a break") << QByteArray(80, 'x') + "\nyy";
    QTest::newRow("stray continuation bytes") << QByteArray(200, '\x80');
    QTest::newRow("lines over a chunk") << noise(1, 60'000, 30);
    QTest::newRow("a line over chunks") << noise(2, 60'000, 0) + '\n' + noise(3, 100, 0);
    QTest::newRow("empty lines over a chunk") << QByteArray(40'000, '\n');
    QTest::newRow("a break at the end of a chunk") << QByteArray(16 * 1024 - 1, 'a') + '\n' + QByteArray(16 * 1024, 'b') + "\nc";
    for (unsigned seed = 10; seed < 30; ++seed)
        QTest::addRow("noise %u", seed) << noise(seed, 20'000, static_cast<int>(seed % 7));
}

void RawBytesTest::rowsAreWhatPlainCountingGives()
{
    QFETCH(QByteArray, bytes);
    const auto wanted = plainRows(bytes, 40);
    ByteRows rows(bytes, 40);
    rows.scan(bytes.size());
    QVERIFY(rows.isComplete());
    QCOMPARE(rows.rowCount(), wanted.size());
    if (wanted.isEmpty())
        return;
    ByteRows::Row walked = rows.row(0);
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (wanted.size() > 5000 && i % 101 != 0) {    // each look-up walks a chunk of 16,384 empty lines
            walked = rows.isLast(walked) ? walked : rows.after(walked);
            continue;
        }
        const ByteRows::Row row = rows.row(i);
        QCOMPARE(std::pair(row.begin, row.end), wanted.at(i));
        QCOMPARE(row.number, i);
        QCOMPARE(std::pair(walked.begin, walked.end), wanted.at(i));
        QCOMPARE(walked.line, row.line);
        QCOMPARE(rows.rowOf(row.begin).number, i);
        QCOMPARE(rows.rowOf(std::min(row.end, bytes.size() - 1)).number, row.end < bytes.size() && bytes.at(row.end) != '\n' ? i + 1 : i);
        QCOMPARE(rows.isLast(row), i + 1 == wanted.size());
        if (!rows.isLast(row))
            walked = rows.after(walked);
    }
}

void RawBytesTest::aHugeLineIsFoundByItsRow()
{
    const QByteArray bytes(8 << 20, 'x');
    ByteRows rows(bytes, 100);
    rows.scan(64 * 1024);    // only the beginning
    QVERIFY(!rows.isComplete());
    QVERIFY(rows.rowCount() >= 600);
    QCOMPARE(rows.row(600).begin, 60'000);
    rows.scan(bytes.size());
    QCOMPARE(rows.rowCount(), (bytes.size() + 99) / 100);
    QCOMPARE(rows.row(80'000).begin, 8'000'000);
    QCOMPARE(rows.rowOf(8'000'050).number, 80'000);
    QCOMPARE(rows.lineCount(), 1);
}

void RawBytesTest::theFinderFindsWhatIndexOfFinds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("needle");
    QTest::newRow("nothing in nothing") << ""_ba
                                        << "a"_ba;
    QTest::newRow("empty needle") << "abc"_ba
                                  << ""_ba;
    QTest::newRow("whole") << "abc"_ba
                           << "abc"_ba;
    QTest::newRow("longer") << "abc"_ba
                            << "abcd"_ba;
    QTest::newRow("at the end") << "xxabc"_ba
                                << "abc"_ba;
    QTest::newRow("rare byte first") << "qa qb qa"_ba
                                     << "qb"_ba;
    QTest::newRow("rare byte early in the text") << "kab a k ab"_ba
                                                 << " ab"_ba;
    QTest::newRow("not UTF-8") << "a\xff\xfe"_ba
                               << "\xff\xfe"_ba;
}

void RawBytesTest::theFinderFindsWhatIndexOfFinds()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, needle);
    const qsizetype wanted = needle.isEmpty() ? -1 : bytes.indexOf(needle);
    QCOMPARE(ui::ByteFinder(needle, true).indexIn(bytes, 0), wanted);
    QCOMPARE(ui::ByteFinder(needle.toUpper(), false).indexIn(bytes, 0), wanted);
}

void RawBytesTest::everyHitIsFoundOnce()
{
    // over the slices that a search goes through
    QByteArray bytes((3 << 20) + 5, '.');
    const QList<qsizetype> places{0, (1 << 20) - 3, (1 << 20) + 4, (2 << 20) - 1, (3 << 20)};
    for (const qsizetype at : places)
        bytes.replace(at, 5, "nEEdl");
    const ui::SearchHits hits = ui::findAll(bytes, ui::ByteFinder("NEEDL", false), {});
    QCOMPARE(QList<qsizetype>(hits.offsets.begin(), hits.offsets.end()), places);
    QVERIFY(ui::findAll(bytes, ui::ByteFinder("NEEDL", true), {}).offsets.empty());
    QCOMPARE(ui::findAll("aaaa", ui::ByteFinder("aa", true), {}).offsets.size(), 2U);
}

void RawBytesTest::whatHasNoPictureIsASign_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << "abc"_ba << u"abc"_s;
    QTest::newRow("two bytes") << "\xc3\xa9"_ba << u"é"_s;
    QTest::newRow("no UTF-8") << "a\xff"_ba << u"a|\\xFF"_s;
    QTest::newRow("cut off") << "\xe2\x82"_ba << u"\\xE2|\\x82"_s;
    QTest::newRow("too long a form") << "\xc0\xaf"_ba << u"\\xC0|\\xAF"_s;
    QTest::newRow("a surrogate") << "\xed\xa0\x80"_ba << u"\\xED|\\xA0|\\x80"_s;
    QTest::newRow("turns the text") << "a\xe2\x80\xae\x62"_ba << u"a|<U+202E>|b"_s;
    QTest::newRow("zero width") << "\xe2\x80\x8b"_ba << u"<U+200B>"_s;
    QTest::newRow("return") << "a\r"_ba << u"a|\\r"_s;
    QTest::newRow("nul") << QByteArray(1, 0) << u"\\x00"_s;
    QTest::newRow("a mark over its letter") << "ae\xcc\x81"_ba << u"a|e\u0301"_s;
}

void RawBytesTest::whatHasNoPictureIsASign()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, shown);
    const auto pieces = ui::rowPieces(bytes, 1000, QFontMetrics(QFont()));
    QStringList texts;
    qsizetype at = 1000;
    for (const auto& piece : pieces) {
        texts << piece.text;
        QCOMPARE(piece.offset, at);    // no byte is left out
        at += piece.length;
    }
    QCOMPARE(at, 1000 + bytes.size());
    QCOMPARE(texts.join(u'|'), shown);
}

void RawBytesTest::columnsAndBytesMeet()
{
    const QByteArray bytes = "ab\xc3\xa9\xff"
                             "cd";
    const auto pieces = ui::rowPieces(bytes, 0, QFontMetrics(QFont()));
    for (const qsizetype offset : {0, 1, 2, 4, 5, 6})
        QCOMPARE(ui::offsetAt(pieces, ui::columnOf(pieces, offset), bytes.size()), offset);
    QCOMPARE(ui::offsetAt(pieces, 500, bytes.size()), bytes.size());
    QCOMPARE(ui::columnOf(pieces, bytes.size()), ui::columnsOf(pieces));
}

void RawBytesTest::theSelectionIsCopiedExactly()
{
    core::Lane lane;
    ui::RawArea area(lane);
    area.resize(500, 300);
    area.setBytes("{\"n\": 1.0,\r\n\t\"s\": \"\xc3\xa9\"}", false);
    area.show();
    area.setFocus();
    QTest::keyClick(&area, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&area, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"{\"n\": 1.0,\r\n\t\"s\": \"é\"}"_s);
    QTest::keyClick(&area, Qt::Key_Home, Qt::ControlModifier);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&area, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(area.selection(), "{\"n\""_ba);
}

void RawBytesTest::keysMoveOverWholeCharacters()
{
    core::Lane lane;
    ui::RawArea area(lane);
    area.resize(500, 300);
    area.setBytes("a\xc3\xa9\xf0\x9f\x8e\xac\xff\nsecond\nthird", false);
    const auto press = [&](int key) {
        QTest::keyClick(&area, static_cast<Qt::Key>(key));
        return area.caret();
    };
    QCOMPARE(press(Qt::Key_Right), 1);
    QCOMPARE(press(Qt::Key_Right), 3);
    QCOMPARE(press(Qt::Key_Right), 7);
    QCOMPARE(press(Qt::Key_Right), 8);
    QCOMPARE(press(Qt::Key_Left), 7);
    QCOMPARE(press(Qt::Key_Left), 3);
    QCOMPARE(press(Qt::Key_Home), 0);
    QCOMPARE(press(Qt::Key_Down), 9);
    QCOMPARE(press(Qt::Key_End), 15);
    QCOMPARE(press(Qt::Key_Down), 21);
    QCOMPARE(press(Qt::Key_Up), 14);
}

void RawBytesTest::aPlaceBeyondTheFirstScreenIsGoneTo()
{
    core::Lane lane;
    ui::RawArea area(lane);
    area.resize(500, 300);
    QByteArray bytes(5 << 20, 'x');
    bytes += "\nlast line";
    area.show();
    area.setBytes(bytes, false);
    area.goTo(bytes.size() - 4);
    QTRY_VERIFY(area.isCounted());
    QTRY_VERIFY(area.topOffset() > bytes.size() - 4000);
    QCOMPARE(area.caret(), bytes.size() - 4);
    // the same again after a change: it stays where it is
    const qsizetype top = area.topOffset();
    bytes += '\n';
    area.setBytes(bytes, true);
    QTRY_VERIFY(area.isCounted());
    QTRY_COMPARE(area.topOffset(), top);
}

void RawBytesTest::theMouseSelects()
{
    core::Lane lane;
    ui::RawArea area(lane);
    area.resize(500, 300);
    area.setBytes("{\"file_path\": \"a.mp4\"}", false);
    area.show();
    const auto pointOf = [&](qsizetype offset) {
        // wherever the cell is: the caret under a point is looked for
        for (int x = 0; x < 400; ++x) {
            QTest::mouseClick(area.viewport(), Qt::LeftButton, {}, QPoint(x, 8));
            if (area.caret() == offset)
                return QPoint(x + 1, 8);
        }
        return QPoint();
    };
    QTest::mouseDClick(area.viewport(), Qt::LeftButton, {}, pointOf(5));
    QCOMPARE(area.selection(), "file_path"_ba);
}

QTEST_MAIN(RawBytesTest)
#include "tst_raw_bytes.moc"
