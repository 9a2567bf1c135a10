// SPDX-License-Identifier: Apache-2.0
#include "core/base/logging.h"
#include "core/base/secrets.h"

#include <QTemporaryFile>
#include <QTest>

#include <functional>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

/// What `log` writes to standard error once logging is installed.
QByteArray logged(bool verbose, const std::function<void()>& log)
{
    QTemporaryFile file;
    if (!file.open())
        return "no temporary file";
    const int standardError = ::dup(STDERR_FILENO);
    ::dup2(file.handle(), STDERR_FILENO);
    const QtMessageHandler before = qInstallMessageHandler(nullptr);
    core::base::installLogging(verbose);
    log();
    qInstallMessageHandler(before);
    ::dup2(standardError, STDERR_FILENO);
    ::close(standardError);
    file.seek(0);
    return file.readAll();
}

}

class LoggingTest : public QObject {
    Q_OBJECT

private slots:
    void secretsAreMasked_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("secret");
        QTest::newRow("webhook secret") << u"secret whsec_AAECAwQFBgcICQ== given"_s << u"AAECAwQFBgcICQ"_s;
        QTest::newRow("bearer") << u"Authorization: Bearer abc.def-123"_s << u"abc.def-123"_s;
        QTest::newRow("basic, lower case") << u"sent basic dXNlcjpwYXNz on"_s << u"dXNlcjpwYXNz"_s;
        QTest::newRow("redis address") << u"cannot reach redis://user:hunter2@host:6379/0"_s << u"hunter2"_s;
        QTest::newRow("postgres address without a user") << u"postgresql://:hunter2@host/db"_s << u"hunter2"_s;
        QTest::newRow("key and value") << u"password=hunter2 user=me"_s << u"hunter2"_s;
        QTest::newRow("JSON") << u"{\"api_key\": \"hunter 2\", \"n\": 1}"_s << u"hunter 2"_s;
        QTest::newRow("two in one line") << u"token=hunter2, my_secret: hunter2;"_s << u"hunter2"_s;
    }
    void secretsAreMasked()
    {
        QFETCH(QString, text);
        QFETCH(QString, secret);
        QVERIFY(text.contains(secret));
        const QString masked = core::base::maskSecrets(text);
        QVERIFY2(!masked.contains(secret), qUtf8Printable(masked));
        QVERIFY(masked.contains(u"[masked]"_s));
    }

    void namesOfSecretsAreKnown_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isSecret");
        for (const char* name : {"password", "API_KEY", "X-Api-Key", "x-auth-token", "Set-Cookie", "Authorization", "accessToken",
                                 "db.password", "client_secret", "--token", "privateKey"})
            QTest::newRow(name) << QString::fromLatin1(name) << true;
        for (const char* name : {"max_tokens", "file_path", "webhook-signature", "webhook-id", "key", "secretary", ""})
            QTest::addRow("not %s", name) << QString::fromLatin1(name) << false;
    }
    void namesOfSecretsAreKnown()
    {
        QFETCH(QString, name);
        QTEST(core::base::namesSecret(name), "isSecret");
    }

    void aDocumentLosesOnlyWhatItsKeysCallSecret_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("masked");
        QTest::newRow("nothing to hide") << R"({ "a" : 1.50, "text": "the token: seven" })"_ba
                                         << R"({ "a" : 1.50, "text": "the token: seven" })"_ba;
        QTest::newRow("a string") << R"({"api_key": "hunter2" , "n":10000000000000000000000})"_ba
                                  << R"({"api_key": "[masked]" , "n":10000000000000000000000})"_ba;
        QTest::newRow("nested, and whole values") << R"([{"password":{"a":"hunter2"}},{"x":{"token":[1,"hunter2"]}},{"secret":null}])"_ba
                                                  << R"([{"password":"[masked]"},{"x":{"token":"[masked]"}},{"secret":null}])"_ba;
        QTest::newRow("an escaped key") << R"({"pass\u0077ord":"hunter2"})"_ba
                                        << R"({"pass\u0077ord":"[masked]"})"_ba;
        QTest::newRow("no JSON") << "password=hunter2 & so on"_ba
                                 << "password=[masked] & so on"_ba;
        QTest::newRow("no text either") << "\xff\xfe\x00"_ba
                                        << "\xff\xfe\x00"_ba;
    }
    void aDocumentLosesOnlyWhatItsKeysCallSecret()
    {
        QFETCH(QByteArray, json);
        QTEST(core::base::maskedDocument(json), "masked");
    }

    void aPartOfADocumentLosesTheSame_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("masked");
        QTest::newRow("all of it") << R"({"a":1,"api_key":"hunter2","b":[2]})"_ba
                                   << R"({"a":1,"api_key":"[masked]","b":[2]})"_ba;
        QTest::newRow("the value") << R"("hunter2")"_ba
                                   << R"("[masked]")"_ba;
        QTest::newRow("inside the value") << "unter"_ba
                                          << R"("[masked]")"_ba;
        QTest::newRow("from inside it on") << "ter2\",\"b\":"_ba
                                           << R"("[masked]","b":)"_ba;
        QTest::newRow("up to inside it") << "1,\"api_key\":\"hun"_ba
                                         << R"(1,"api_key":"[masked]")"_ba;
        QTest::newRow("beside it") << R"("b":[2])"_ba
                                   << R"("b":[2])"_ba;
    }
    void aPartOfADocumentLosesTheSame()
    {
        QFETCH(QByteArray, part);
        const QByteArray json = R"({"a":1,"api_key":"hunter2","b":[2]})";
        QTEST(core::base::maskedPart(json, json.indexOf(part), part.size()), "masked");
    }

    void commandLinesAreMasked()
    {
        const QByteArray json =
            R"([{"arguments":["ffmpeg","-headers","Authorization: Bearer abc.def","--password","hunter2","-i","a b.mp4"],"exit_code":0}])";
        QCOMPARE(
            core::base::maskedCommands(json),
            R"([{"arguments":["ffmpeg","-headers","Authorization: [masked]","--password","[masked]","-i","a b.mp4"],"exit_code":0}])"_ba);
    }

    void theLogIsMaskedAndOneLineAMessage()
    {
        const QByteArray log = logged(false, [] {
            qWarning("cannot reach redis://user:hunter2@host:6379/0\nforged line");
            qInfo("password=hunter3");
        });
        QVERIFY2(log.endsWith(" warning cannot reach redis://user:[masked]@host:6379/0\\x0aforged line\n"), log.constData());
        QCOMPARE(log.count('\n'), 1);
        QCOMPARE(logged(true, [] { qInfo("password=hunter3"); }).mid(27), " info password=[masked]\n"_ba);
    }

    void ordinaryTextStays_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("sentence") << u"The store /home/me/token/store.db is locked"_s;
        QTest::newRow("times") << u"12:01:07 took 41 s"_s;
        QTest::newRow("address without password") << u"http://host:80/path"_s;
    }
    void ordinaryTextStays()
    {
        QFETCH(QString, text);
        QCOMPARE(core::base::maskSecrets(text), text);
    }
};

QTEST_GUILESS_MAIN(LoggingTest)
#include "tst_logging.moc"
