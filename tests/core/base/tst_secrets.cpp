// SPDX-License-Identifier: Apache-2.0
#include "core/base/secrets.h"
#include "core/base/text_bytes.h"
#include "tests/support/secret_shapes.h"

#include <QStringEncoder>
#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using core::base::maskedCommands;
using core::base::maskedDocument;
using core::base::maskSecrets;
using test_support::Shape;

namespace {

const QByteArray canary = "CANARY7d6c5b4a";

void addRows(const QList<Shape>& shapes)
{
    QTest::addColumn<QByteArray>("stored");
    for (const Shape& shape : shapes)
        QTest::newRow(shape.name) << test_support::withSecret(shape, canary);
}

QByteArray text(const QByteArray& utf8)
{
    return maskSecrets(QString::fromUtf8(utf8)).toUtf8();
}

}

/// What is masked and what is not, over shapes that were collected without a look at how it is done.
class SecretsTest : public QObject {
    Q_OBJECT

private slots:
    void secretsInTextsAreMasked_data() { addRows(test_support::secretTexts); }
    void secretsInTextsAreMasked()
    {
        QFETCH(QByteArray, stored);
        const QByteArray safe = text(stored);
        QVERIFY2(!safe.contains(canary), safe.constData());
        QVERIFY(safe.contains("[masked]"));
        QCOMPARE(text(safe), safe);    // once more changes nothing
        const QByteArray around = text("before\n" + stored + "\nafter it all");
        QVERIFY2(!around.contains(canary), around.constData());
        QVERIFY2(around.startsWith("before\n") && around.endsWith("\nafter it all"), around.constData());
    }

    void secretsInDocumentsAreMasked_data() { addRows(test_support::secretDocuments); }
    void secretsInDocumentsAreMasked()
    {
        QFETCH(QByteArray, stored);
        QList<QByteArray> all{maskedDocument(stored), maskedCommands(stored)};
        if (!stored.contains("\\u"))    // a text is not decoded
            all << text(stored);
        for (const QByteArray& safe : std::as_const(all)) {
            QVERIFY2(!safe.contains(canary), safe.constData());
            QVERIFY(safe.contains("[masked]"));
        }
        QCOMPARE(maskedDocument(maskedDocument(stored)), maskedDocument(stored));
        const QByteArray lines = "{\"n\":1}\n" + stored + "\nand a text\n" + stored + '\n';
        const QByteArray safe = maskedDocument(lines);
        QVERIFY2(!safe.contains(canary) && safe.startsWith("{\"n\":1}\n") && safe.contains("\nand a text\n"), safe.constData());
    }

    void wordsOfDocumentsThatLeaveAreMasked_data() { addRows(test_support::secretWords); }
    void wordsOfDocumentsThatLeaveAreMasked()
    {
        QFETCH(QByteArray, stored);
        const QByteArray safe = maskedCommands(stored);
        QVERIFY2(!safe.contains(canary), safe.constData());
        QCOMPARE(maskedCommands(safe), safe);
    }

    void ordinaryTextsStay_data() { addRows(test_support::ordinaryTexts); }
    void ordinaryTextsStay()
    {
        QFETCH(QByteArray, stored);
        QCOMPARE(text(stored), stored);
    }

    void ordinaryDocumentsStay_data() { addRows(test_support::ordinaryDocuments); }
    void ordinaryDocumentsStay()
    {
        QFETCH(QByteArray, stored);
        QCOMPARE(maskedDocument(stored), stored);
    }

    void twoMaskedKeysStayTwo()
    {
        QCOMPARE(maskedCommands(R"({"sk-proj-A1b2c3d4":1,"x":2,"sk-proj-E5f6g7h8":3})"), R"({"[masked]":1,"x":2,"[masked] 2":3})"_ba);
    }

    void everyEncodingKeepsItsBytes_data()
    {
        QTest::addColumn<QByteArray>("stored");
        QTest::addColumn<QByteArray>("masked");
        const auto in = [](QStringConverter::Encoding encoding, const QString& words) -> QByteArray {
            QStringEncoder encoder(encoding, QStringConverter::Flag::WriteBom);
            return encoder(words);
        };
        const QString words = u"user: Zoë\r\npassword: %1\r\nhost: x\r\n"_s;
        const QString stored = words.arg(QString::fromLatin1(canary)), masked = words.arg(u"[masked]"_s);
        QTest::newRow("UTF-8") << stored.toUtf8() << masked.toUtf8();
        QTest::newRow("Latin-1") << stored.toLatin1() << masked.toLatin1();
        QTest::newRow("UTF-16, little") << in(QStringConverter::Utf16LE, stored) << in(QStringConverter::Utf16LE, masked);
        QTest::newRow("UTF-16, big") << in(QStringConverter::Utf16BE, stored) << in(QStringConverter::Utf16BE, masked);
        QTest::newRow("UTF-16 without a mark") << in(QStringConverter::Utf16LE, stored).mid(2)
                                               << in(QStringConverter::Utf16LE, masked).mid(2);
        QTest::newRow("broken UTF-8") << "\xc3( token=" + canary + " \xff"
                                      << "\xc3( token=[masked] \xff"_ba;
    }
    void everyEncodingKeepsItsBytes()
    {
        QFETCH(QByteArray, stored);
        QVERIFY(core::base::looksLikeText(stored));
        QTEST(core::base::maskedTextBytes(stored), "masked");
    }

    void mediaAreNoTexts_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray noise;
        for (quint32 i = 1, state = 12345; i < 2000; ++i) {
            state = state * 1664525 + 1013904223;
            if (const char c = static_cast<char>(state >> 24); c != '\0')
                noise += c;
        }
        QTest::newRow("MP4") << "\0\0\0\x20"
                                "ftypisom\0\0\2\0isomiso2avc1mp41"_ba;
        QTest::newRow("WAV of silence") << "RIFF\x24\x8\0\0WAVEfmt "_ba + QByteArray(400, '\0');
        QTest::newRow("noise without a zero") << noise;
        QTest::newRow("PNG") << "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"_ba;
    }
    void mediaAreNoTexts()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!core::base::looksLikeText(bytes));
    }

    void aTextIsTextToTheEndOfItsBlock()
    {
        QVERIFY(core::base::looksLikeText("caf\xc3"));
        QVERIFY(core::base::looksLikeText({}));
    }

    void sizeCostsItsTimeAndNoMore_data()
    {
        QTest::addColumn<QByteArray>("piece");
        QTest::newRow("a log")
            << "[h264 @ 0x55] frame=  412 fps= 25 q=28.0 size=    1024kB time=00:00:16.48 bitrate= 509.0kbits/s speed=1x\n"_ba;
        QTest::newRow("secrets") << "token=abcdef1234 Authorization: Bearer abc\n"_ba;
        QTest::newRow("one word") << "m"_ba;
        QTest::newRow("braces that stay open") << "token={\n"_ba;
        QTest::newRow("quotes that stay open") << "token=\"\\\"a "_ba;
        QTest::newRow("addresses") << "a://b:c/"_ba;
        QTest::newRow("names") << "a-b-c_d.e=\\\""_ba;
        QTest::newRow("dashes") << "-----BEGIN"_ba;
        QTest::newRow("spaces") << "token   "_ba;
    }
    void sizeCostsItsTimeAndNoMore()
    {
        QFETCH(QByteArray, piece);
        const auto took = [&](qsizetype size) {
            const QString words = QString::fromLatin1(piece.repeated(size / piece.size()));
            const std::clock_t before = std::clock();    // of this process: the machine may have other things to do
            (void)maskSecrets(words);
            return 1e6 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
        };
        (void)took(1 << 14);
        const double one = took(1 << 14), sixteen = took(1 << 18);
        QVERIFY2(sixteen < 80 * one + 50'000, qPrintable(u"%1 us, %2 us"_s.arg(one).arg(sixteen)));
    }
};

QTEST_GUILESS_MAIN(SecretsTest)
#include "tst_secrets.moc"
