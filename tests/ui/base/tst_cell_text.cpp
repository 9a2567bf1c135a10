// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/base/cell_text.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace {

constexpr QSize canvas(600, 40);

template <class Paint>
QImage painted(Paint paint)
{
    QImage image(canvas, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setPen(Qt::black);
    paint(painter);
    return image;
}

QImage cell(const QRect& rect, const QString& text, Qt::Alignment side = Qt::AlignLeft)
{
    return painted([&](QPainter& painter) { ui::paintCellText(&painter, ui::textFont(ui::TextRole::Body), rect, text, side); });
}

/// The smallest box around what is not white.
QRect inkOf(const QImage& image)
{
    QRect ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != qRgb(255, 255, 255))
                ink |= QRect(x, y, 1, 1);
        }
    }
    return ink;
}

bool isNear(const QRect& left, const QRect& right, int pixels)
{
    return std::abs(left.left() - right.left()) <= pixels && std::abs(left.right() - right.right()) <= pixels &&
           std::abs(left.top() - right.top()) <= pixels && std::abs(left.bottom() - right.bottom()) <= pixels;
}

}

class CellTextTest : public QObject {
    Q_OBJECT

    const QRect m_wide{8, 4, 560, 28};

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void itStandsWhereQtWouldPutIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("words") << u"Looking for silences"_s;
        QTest::newRow("spaces around and between") << u"  two  spaces "_s;
        QTest::newRow("a report") << u"change 12345: 40 %"_s;
        QTest::newRow("letters and digits") << u"user-42 wrote 1920x1080 to take2.mp4"_s;
        QTest::newRow("kerning") << u"AV To Wa fi"_s;
        QTest::newRow("accents") << u"d\u00e9j\u00e0 vu \u2013 na\u00efve\u2026"_s;
        QTest::newRow("a mark of its own") << u"e\u0301 and a\u0308"_s;
        QTest::newRow("Greek, Cyrillic") << u"\u03b5\u03bd\u03b1 \u0434\u0432\u0430"_s;
        QTest::newRow("right to left") << u"\u05e9\u05dc\u05d5\u05dd abc 12"_s;
        QTest::newRow("another face") << u"ok \u4f60\u597d"_s;
    }

    void itStandsWhereQtWouldPutIt()
    {
        QFETCH(const QString, text);
        const QFont font = ui::textFont(ui::TextRole::Body);
        const QImage known = painted([&](QPainter& painter) {
            painter.setFont(font);
            painter.drawText(m_wide, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        });
        for (int time = 0; time < 2; ++time) {    // the second time from what was kept
            const QImage ours = cell(m_wide, text);
            QVERIFY2(isNear(inkOf(ours), inkOf(known), 2), qPrintable(u"time %1"_s.arg(time)));
        }
        QVERIFY(!inkOf(known).isEmpty());
    }

    void theRightSideEndsAtTheRight()
    {
        const int right = inkOf(cell(m_wide, u"done"_s, Qt::AlignRight)).right();
        QVERIFY(right <= m_wide.right());
        QVERIFY(right >= m_wide.right() - 2);
    }

    void whatHasNoRoomIsElided()
    {
        for (const int width : {0, 10, 60, 100}) {
            const QRect rect(8, 4, width, 28);
            const QRect ink = inkOf(cell(rect, u"Looking for silences in the second half"_s));
            QVERIFY2(ink.isEmpty() || ink.right() <= rect.right() + 1, qPrintable(QString::number(width)));
        }
        const QString endless(100'000, u'x');
        QVERIFY(inkOf(cell(m_wide, endless)).right() <= m_wide.right() + 1);
    }

    void anotherSizeOfTheSameTextIsShapedAnew()
    {
        const int before = inkOf(cell(m_wide, u"Looking for silences"_s)).width();
        ui::setBodyPixels(20);
        const int after = inkOf(cell(m_wide, u"Looking for silences"_s)).width();
        ui::setBodyPixels(ui::bodyPixels);
        QVERIFY(after > before * 13 / 10);
        QCOMPARE(inkOf(cell(m_wide, u"Looking for silences"_s)).width(), before);
    }

    void moreWordsThanAreKeptStillStandRight()
    {
        const QImage first = cell(m_wide, u"word0of"_s);
        for (int i = 1; i < 5000; ++i)
            (void)cell(QRect(0, 0, 1, 1), u"word%1of"_s.arg(i));
        QCOMPARE(cell(m_wide, u"word0of"_s), first);
    }

    void digitsStandUnderEachOther()
    {
        const auto number = [&](const QString& text) {
            return inkOf(painted(
                [&](QPainter& painter) { ui::paintDigits(&painter, ui::textFont(ui::TextRole::Body), QRect(0, 4, 300, 28), text); }));
        };
        QVERIFY(std::abs(number(u"8 8888"_s).left() - number(u"8 1111"_s).left()) <= 1);
        QVERIFY(number(u"1234"_s).right() <= 300);
    }
};

QTEST_MAIN(CellTextTest)
#include "tst_cell_text.moc"
