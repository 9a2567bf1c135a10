// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/webhook_event.h"
#include "tests/support/longest_turn.h"
#include "tests/support/ui_fixture.h"
#include "ui/base/log_view.h"
#include "ui/deliveries/body_text.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;
using ui::LogView;

class TestBodyText : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    /// The largest body that is taken in, and the worst: each byte ends a line. Counted in what is shown and read, not in time.
    void onlyTheBeginningOfABodyIsShown_data()
    {
        QTest::addColumn<char>("byte");
        QTest::addColumn<bool>("isText");
        QTest::addColumn<qsizetype>("shown");
        QTest::newRow("line ends") << '\n' << true << ui::mostTextShown;
        QTest::newRow("one line") << 'x' << true << ui::mostTextShown;
        QTest::newRow("no text") << '\x01' << false << ui::mostHexShown / 16 * 76;
    }
    void onlyTheBeginningOfABodyIsShown()
    {
        QFETCH(char, byte);
        QFETCH(bool, isText);
        QFETCH(qsizetype, shown);
        const QByteArray body(core::tasks::maxWebhookBody, byte);
        LogView view(u"Body"_s);
        view.resize(500, 300);
        view.show();
        const test_support::LongestTurn turn;
        QCOMPARE(ui::beginsAsText(body), isText);
        ui::showBody(view, body, !isText);
        QVERIFY(view.lines().count() <= 20'000);
        QCOMPARE(view.lines().text().size(), shown);
        QTRY_VERIFY(view.lines().isRead());
        QVERIFY(!view.grab().isNull());
        qInfo("longest turn %.1f ms", turn.ms());
    }

    void copiesOfLinesHoldNoSecret_data()
    {
        QTest::addColumn<bool>("inHex");
        QTest::newRow("text") << false;
        QTest::newRow("hex") << true;
    }
    void copiesOfLinesHoldNoSecret()
    {
        QFETCH(bool, inHex);
        const QByteArray body = R"({"status":"DONE","api_token":"canary-4711-canary","after":"kept kept kept"})";
        LogView view(u"Body"_s);
        ui::showBody(view, body, inHex);
        const auto holds = [inHex](const QString& text, const QByteArray& bytes) {
            if (!inHex)
                return text.contains(QString::fromLatin1(bytes));
            QByteArray dumped;    // the bytes again, out of their columns
            const auto lines = text.split(u'\n', Qt::SkipEmptyParts);
            for (const QString& line : lines)
                dumped += QByteArray::fromHex(line.mid(10, 47).toLatin1());
            return dumped.contains(bytes);
        };
        QVERIFY(holds(QString::fromLatin1(view.lines().text()), "canary-4711"));    // seen as it came
        view.selectAll();
        QVERIFY(!holds(view.selectedText(), "canary"));
        QVERIFY(!holds(view.selectedText(), "4711"));
        QVERIFY(holds(view.selectedText(), "kept kept kept"));
        QVERIFY(holds(view.selectedText(), "[masked]"));
        view.copyAll();
        QVERIFY(!holds(QGuiApplication::clipboard()->text(), "canary"));
        if (!inHex)
            return;
        view.setCurrentLine(2);    // bytes 32 to 47: the middle of the secret
        QCOMPARE(view.selectedText().left(10), u"00000020  "_s);
        QVERIFY(!holds(view.selectedText(), "canary") && !holds(view.selectedText(), "4711"));
        view.setCurrentLine(4);
        QVERIFY(holds(view.selectedText(), "kept"));
    }
};

QTEST_MAIN(TestBodyText)
#include "tst_body_text.moc"
