// SPDX-License-Identifier: Apache-2.0
// A server that shows a real certificate: taken if it is the server's own and of a known authority, and otherwise refused in words that name the
// host and what is wrong. Each is tried by the staged test of a connection and by the store's own way in.
#include "core/backend/server_check.h"
#include "core/database/database.h"
#include "core/database/tls_refusal.h"
#include "tests/support/own_server.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using backend::ServerStage;
using database::Database;
using database::DatabaseOptions;
using Kind = ServerStage::Kind;

namespace {

const QString rightHost = u"db.example.test"_s;

DatabaseOptions at(const QString& url)
{
    DatabaseOptions options;
    options.path = url;
    options.access = database::Access::ReadOnly;
    return options;
}

/// How the store's own way in ends: nothing where it is open.
Error refusalOf(const QString& url)
{
    const auto opened = Database::open(at(url));
    return opened ? Error{} : opened.error();
}

const ServerStage* stage(const QList<ServerStage>& stages, Kind kind)
{
    const auto found = std::find_if(stages.begin(), stages.end(), [&](const ServerStage& each) { return each.kind == kind; });
    return found == stages.end() ? nullptr : &*found;
}

}

class TestServerTls : public QObject {
    Q_OBJECT

    /// From now on the server shows that certificate; its word for that is awaited, as it takes the signal when it comes to it.
    void show(const QByteArray& settings)
    {
        QVERIFY(m_server.addSetting(settings));
        const auto administrator = Database::open(at(m_server.url()));
        QVERIFY2(administrator, administrator ? "" : qPrintable(administrator.error().detail));
        const qsizetype reloads = m_server.log().count("SIGHUP");
        QVERIFY((*administrator)->exec("SELECT pg_reload_conf()"));
        QTRY_VERIFY(m_server.log().count("SIGHUP") > reloads);
    }
    void showCertificate(const QString& name)
    {
        const QByteArray file = QFile::encodeName(m_server.certificate(name)).chopped(4);
        show("ssl = on\nssl_cert_file = '" + file + ".crt'\nssl_key_file = '" + file + ".key'");
    }

private slots:
    void initTestCase() { QVERIFY(m_server.startSecure()); }

    void aRightCertificateIsTakenAndTheTestSaysEncrypted()
    {
        showCertificate(u"right"_s);
        const QString url = m_server.farUrl(rightHost);    // says nothing of sslmode: far away is verify-full
        Error refused;
        QVERIFY2(QTest::qWaitFor([&] { return (refused = refusalOf(url)).code.isEmpty(); }), qPrintable(refused.detail));
        const auto stages = backend::checkServer(url, {});
        const ServerStage* encrypted = stage(stages, Kind::Encrypted);
        QVERIFY2(encrypted && encrypted->passed, qPrintable(stages.constLast().detail));
        QVERIFY2(encrypted->detail.startsWith(u"TLSv1."_s), qPrintable(encrypted->detail));
        QVERIFY(stage(stages, Kind::Reached)->passed);
        QVERIFY(stage(stages, Kind::LoggedIn)->passed);
        const auto session = Database::open(at(url));
        const auto verified =
            (*session)->prepare("SELECT count(*) FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl").fetchOne([](database::Row& row) {
                return row.int64();
            });
        QCOMPARE(verified->value_or(0), 1);
    }

    void aCertificateThatIsNotRightIsRefusedInWords_data()
    {
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("known");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("an authority that nobody here knows")
            << u"unknown"_s << rightHost << u"authority"_s
            << u"The certificate of db.example.test is signed by \"Somebody else\", which is no authority that is trusted here"_s;
        QTest::newRow("the authority of somebody else is known")
            << u"right"_s << rightHost << u"stranger"_s
            << u"The certificate of db.example.test is signed by \"Authority of the tests\", which is no authority that is trusted here"_s;
        QTest::newRow("signed by itself")
            << u"itself"_s << rightHost << u"authority"_s
            << u"The certificate of db.example.test is signed by itself, and by no authority that is trusted here"_s;
        QTest::newRow("of another host")
            << u"elsewhere"_s << rightHost << u"authority"_s
            << u"The server shows the certificate of elsewhere.example.test, and not of db.example.test, which the address names"_s;
        QTest::newRow("reached by another name")
            << u"right"_s << u"db"_s << u"authority"_s
            << u"The server shows the certificate of db.example.test, and not of db, which the address names"_s;
        QTest::newRow("run out") << u"expired"_s << rightHost << u"authority"_s
                                 << u"The certificate of db.example.test ran out on 2020-02-01"_s;
        QTest::newRow("not valid yet")
            << u"future"_s << rightHost << u"authority"_s
            << u"The certificate of db.example.test is valid from 2100-01-01 on and not yet today, unless this computer's clock is wrong"_s;
    }
    void aCertificateThatIsNotRightIsRefusedInWords()
    {
        QFETCH(QString, shown);
        QFETCH(QString, host);
        QFETCH(QString, known);
        QFETCH(QString, sentence);
        showCertificate(shown);
        const QString url = m_server.farUrl(host, known);
        Error refused;
        const auto isSaid = [&] { return (refused = refusalOf(url)).message == sentence; };
        QVERIFY2(QTest::qWaitFor(isSaid), qPrintable(refused.message + u'\n' + refused.detail));    // until the signal has come
        QCOMPARE(refused.code, u"store_tls"_s);
        QCOMPARE(refused.kind, ErrorKind::Forbidden);    // so that the console waits for a person
        QVERIFY(!refused.detail.isEmpty());
        QElapsedTimer clock;
        clock.start();
        const auto stages = backend::checkServer(url, {});
        QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(stages.constLast().kind, Kind::Encrypted);
        QVERIFY(!stages.constLast().passed);
        QVERIFY2(stages.constLast().detail.startsWith(sentence), qPrintable(stages.constLast().detail));
    }

    void aServerWithoutTlsIsRefusedWhereItIsAsked_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("by itself, far away") << QString();
        QTest::newRow("verify-full") << u"&sslmode=verify-full"_s;
        QTest::newRow("require") << u"&sslmode=require"_s;
    }
    void aServerWithoutTlsIsRefusedWhereItIsAsked()
    {
        QFETCH(QString, mode);
        show("ssl = off");
        const QString url = m_server.farUrl(rightHost) + mode;
        Error refused;
        const auto isSaid = [&] { return (refused = refusalOf(url)).message.contains(u"no encryption"_s); };
        QVERIFY2(QTest::qWaitFor(isSaid), qPrintable(refused.message + u'\n' + refused.detail));
        QCOMPARE(refused.message, u"db.example.test offers no encryption, and this connection must be encrypted"_s);
        QCOMPARE(refused.code, u"store_tls"_s);
        QCOMPARE(backend::checkServer(url, {}).constLast().kind, Kind::Encrypted);
        // who lowers it in so many words gets the connection, and is told what it is
        const auto stages = backend::checkServer(m_server.farUrl(rightHost) + u"&sslmode=disable"_s, {});
        QVERIFY(stage(stages, Kind::Encrypted));
        QVERIFY2(!stage(stages, Kind::Encrypted)->passed && stage(stages, Kind::Encrypted)->detail.contains(u"not encrypted"_s),
                 qPrintable(stages.constLast().detail));
    }

    void aMissingFileOfAuthoritiesIsNamed()
    {
        showCertificate(u"right"_s);
        const QString url = m_server.farUrl(rightHost, u"nowhere"_s);
        QVERIFY(QTest::qWaitFor([&] { return !refusalOf(url).message.contains(u"no encryption"_s); }));    // which it was before
        const Error refused = refusalOf(url);
        QCOMPARE(refused.code, u"store_tls"_s);
        QCOMPARE(refused.message, u"The authorities that may vouch for db.example.test cannot be read from the file %1"_s.arg(
                                      m_server.certificate(u"nowhere"_s)));
    }

    /// It takes connections and says nothing: neither the way in nor the look at its certificate waits for it for long.
    void aServerThatSaysNothingIsNotWaitedFor()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        QElapsedTimer clock;
        clock.start();
        const QString url = u"postgres://db.example.test:%1/x?hostaddr=127.0.0.1&connect_timeout=2"_s.arg(silent.serverPort());
        QCOMPARE(refusalOf(url).code, u"store_unreachable"_s);
        const Error looked = database::tlsRefusal(
            u"connection to server at \"db.example.test\" (127.0.0.1), port %1 failed: SSL error: certificate verify failed"_s.arg(
                silent.serverPort()),
            rightHost);
        QCOMPARE(looked.message, u"The certificate of db.example.test is not trusted here"_s);
        QVERIFY2(clock.elapsed() < 12'000, qPrintable(QString::number(clock.elapsed())));
    }

    void aConnectionThatBreaksIsNoRefusal()
    {
        const Error broken = database::tlsRefusal(
            u"connection to server at \"db.example.test\" (127.0.0.1), port 5 failed: SSL SYSCALL error: Connection reset by peer"_s,
            rightHost);
        QCOMPARE(broken.kind, ErrorKind::Unavailable);    // tried again by itself
        QCOMPARE(broken.code, u"store_unreachable"_s);
    }

private:
    test_support::OwnServer m_server;
};

QTEST_GUILESS_MAIN(TestServerTls)
#include "tst_server_tls.moc"
