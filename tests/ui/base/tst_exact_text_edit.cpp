// SPDX-License-Identifier: Apache-2.0
#include "ui/base/exact_text_edit.h"

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::ExactTextEdit;

/// What a person did not touch comes out of the editor as it went in.
class ExactTextEditTest : public QObject {
    Q_OBJECT

private slots:
    void oneKeyChangesOneCharacter_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("plain") << "{\"a\": 1}"_ba;
        QTest::newRow("nothing") << ""_ba;
        QTest::newRow("no-break space") << u"{\"a\": \"Bonjour\u00a0!\"}"_s.toUtf8();
        QTest::newRow("narrow no-break space") << u"{\"a\": \"12\u202f000\"}"_s.toUtf8();
        QTest::newRow("line separator in a string") << u"{\"a\": \"one\u2028two\"}"_s.toUtf8();
        QTest::newRow("outside the first plane") << u"{\"a\": \"\U0001F600\"}"_s.toUtf8();
        QTest::newRow("lines") << "{\n  \"a\": 1\n}\n"_ba;
        QTest::newRow("lines of CR LF") << "{\r\n  \"a\": 1\r\n}\r\n"_ba;
        QTest::newRow("tabs and empty lines") << "{\n\n\t\"a\":\t1 }"_ba;
    }
    void oneKeyChangesOneCharacter()
    {
        QFETCH(QByteArray, bytes);
        ExactTextEdit edit;
        QSignalSpy changed(&edit, &ExactTextEdit::textChanged);
        edit.setBytes(bytes);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(edit.bytes(), bytes);
        QCOMPARE(edit.whyOnlyShown(), QString());
        edit.show();
        edit.setFocus();
        QTest::keyClick(&edit, Qt::Key_X);
        QCOMPARE(edit.bytes(), 'x' + bytes);
        QTest::keyClick(&edit, Qt::Key_Backspace);
        QCOMPARE(edit.bytes(), bytes);
    }

    void whatItCannotGiveBackIsOnlyShown_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no UTF-8") << "{\"a\": \"\xff\"}"_ba;
        QTest::newRow("mixed line ends") << "{\r\n  \"a\": 1\n}"_ba;
        QTest::newRow("CR alone") << "{\r\"a\": 1}"_ba;
        QTest::newRow("paragraph separator") << u"{\"a\": \"one\u2029two\"}"_s.toUtf8();
        QTest::newRow("byte order mark") << "\xef\xbb\xbf{}"_ba;
        QTest::newRow("a line too long") << '"' + QByteArray(ExactTextEdit::longestLine, 'x') + '"';
        QTest::newRow("too large") << '"' + u"\u00e9"_s.repeated(ExactTextEdit::largestEdited / 2).toUtf8() + '"';
    }
    void whatItCannotGiveBackIsOnlyShown()
    {
        QFETCH(QByteArray, bytes);
        ExactTextEdit edit;
        edit.setBytes(bytes);
        QVERIFY(!edit.whyOnlyShown().isEmpty());
        QVERIFY(!edit.toPlainText().isEmpty() && !edit.toPlainText().endsWith(QChar::ReplacementCharacter));
        edit.show();
        edit.setFocus();
        QTest::keyClick(&edit, Qt::Key_X);
        QCOMPARE(edit.bytes(), bytes);
        edit.setBytes("{}");    // and what comes next can be edited
        QTest::keyClick(&edit, Qt::Key_X);
        QCOMPARE(edit.bytes(), "x{}"_ba);
    }

    void cutAndPasteKeepIt()
    {
        const QByteArray bytes = u"{\"a\": \"Bonjour\u00a0!\u2028\",\n\"b\": 2}"_s.toUtf8();
        ExactTextEdit edit;
        edit.setBytes(bytes);
        edit.show();
        edit.selectAll();
        edit.cut();
        QCOMPARE(edit.bytes(), QByteArray());
        QCOMPARE(QApplication::clipboard()->text().toUtf8(), bytes);
        edit.paste();
        QCOMPARE(edit.bytes(), bytes);
    }

    void shiftAndEnterBeginALineLikeAnyOther()
    {
        ExactTextEdit edit;
        edit.setBytes("{}");
        edit.show();
        edit.setFocus();
        QTest::keyClick(&edit, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(edit.bytes(), "\n{}"_ba);
    }
};

QTEST_MAIN(ExactTextEditTest)
#include "tst_exact_text_edit.moc"
