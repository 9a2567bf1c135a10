// SPDX-License-Identifier: Apache-2.0
#include "core/base/logging.h"

#include <QTest>

using namespace Qt::StringLiterals;

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
