// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/base/log_pane.h"
#include "ui/base/log_view.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using ui::LogLines;
using ui::LogView;

class TestLogView : public QObject {
    Q_OBJECT

    static constexpr int atOnce = 20'000;

    static QByteArray numbered(int lines)
    {
        QByteArray text;
        for (int line = 1; line <= lines; ++line)
            text += "line " + QByteArray::number(line) + '\n';
        return text;
    }

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void linesAreReadAsFarAsIsAsked_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("one line") << "a"_ba;
        QTest::newRow("one line with its end") << "a\n"_ba;
        QTest::newRow("ends alone") << QByteArray(7, '\n');
        QTest::newRow("lines") << "a\r\nbb\n\nccc\ndddd"_ba;
    }
    void linesAreReadAsFarAsIsAsked()
    {
        QFETCH(QByteArray, text);
        LogLines whole;
        whole.setText(text);
        QVERIFY(whole.isRead());
        for (int step = 1; step < 4; ++step) {
            LogLines some;
            QVERIFY(!some.setText(text, step) || text.isEmpty() || some.count() <= step);
            int rounds = 1;
            for (; !some.isRead(); ++rounds) {
                QCOMPARE(some.count(), rounds * step);
                QVERIFY(!some.raw(some.count() - 1).contains('\n'));    // the last that is known ends where the next begins
                some.readMore(step);
            }
            QCOMPARE(some.count(), whole.count());
            for (int line = 0; line < whole.count(); ++line)
                QCOMPARE(some.raw(line), whole.raw(line));
            QCOMPARE(some.longestBytes(), whole.longestBytes());
        }
    }

    void whatIsAppendedMeanwhileIsNotLost()
    {
        LogLines lines;
        lines.setText("a\nb\nc", 1);
        lines.append("d\ne", 1);
        QCOMPARE(lines.count(), 2);
        lines.readMore(LogLines::allLines);
        QCOMPARE(lines.count(), 4);
        QCOMPARE(lines.raw(2), QByteArrayView("cd"));
        lines.append("f");
        QCOMPARE(lines.count(), 4);
        QCOMPARE(lines.raw(3), QByteArrayView("ef"));
    }

    /// Half a megabyte of line ends: the most that is shown of a delivery's body. No step of the window's thread reads more than so many.
    void veryManyLinesAreReadSomeAtATime()
    {
        LogView view(u"Log"_s);
        view.resize(400, 300);
        view.show();
        QList<int> counts;
        connect(&view, &LogView::linesRead, &view, [&] { counts << view.lines().count(); });
        const QByteArray text(512 * 1024, '\n');
        view.setLog(text);
        QCOMPARE(view.lines().count(), atOnce);
        QVERIFY(counts.isEmpty());
        QTRY_COMPARE(view.lines().count(), text.size());
        QCOMPARE(counts.size(), (text.size() - 1) / atOnce);
        for (int step = 0; step < counts.size(); ++step)
            QVERIFY(counts.at(step) - (step == 0 ? atOnce : counts.at(step - 1)) <= atOnce);
        // another text does not wait for the rest of the former
        view.setLog(text);
        view.setLog("short\n");
        QCOMPARE(view.lines().count(), 1);
        counts.clear();
        QVERIFY(!QTest::qWaitFor([&] { return !counts.isEmpty(); }, 100));
    }

    void aLogThatIsFollowedEndsOnItsLastLine()
    {
        LogView view(u"Log"_s);
        view.resize(400, 300);
        view.show();
        view.setFollowing(true);
        view.setLog(numbered(3 * atOnce));
        QTRY_COMPARE(view.lines().count(), 3 * atOnce);
        QVERIFY(view.isFollowing());
        QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
        QVERIFY(view.verticalScrollBar()->maximum() > 3 * atOnce - 100);
    }

    void allIsSelectedAlsoWhatIsNotReadYet()
    {
        LogView view(u"Log"_s);
        view.setLog(numbered(2 * atOnce));
        view.selectAll();
        QVERIFY(view.selectedText().endsWith(u"line %1\n"_s.arg(2 * atOnce)));
    }

    void hitsAreCountedInAllLines()
    {
        ui::LogPane pane(u"Log"_s);
        pane.show();
        pane.findChild<QLineEdit*>()->setText(u"line 3999"_s);
        pane.setLog(numbered(2 * atOnce));
        const auto says = [&](const QString& text) {
            const auto labels = pane.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text() == text; });
        };
        QTRY_VERIFY(says(u"11 lines"_s));    // 3999 and 39990 to 39999
    }
};

QTEST_MAIN(TestLogView)
#include "tst_log_view.moc"
