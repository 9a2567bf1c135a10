// SPDX-License-Identifier: Apache-2.0
#include "core/webhooks/signature.h"
#include "tests/support/store_fixture.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <nlohmann/json.hpp>

#include <thread>

using namespace core;
using namespace core::webhooks;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(core::webhooks::Verdict)

namespace {

nlohmann::json golden()
{
    QFile file(test_support::dataPath(u"webhook-signatures.json"_s));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    return nlohmann::json::parse(bytes.begin(), bytes.end());
}

QByteArray bytesOf(const nlohmann::json& text)
{
    return QByteArray::fromStdString(text.get<std::string>());
}

Time at(qint64 seconds)
{
    return base::fromMicros(seconds * 1'000'000);
}

const QByteArray secret(32, 's');
const QByteArray id = "msg_1";
constexpr qint64 stampSeconds = 1'700'000'000;
const QByteArray stamp = "1700000000";
const QByteArray body = R"({"status":"RUNNING"})";

QList<Header> headersWith(const QByteArray& signature, const QByteArray& stampText = stamp, const QByteArray& idText = id)
{
    return {{"webhook-id", idText}, {"webhook-timestamp", stampText}, {"webhook-signature", signature}};
}

QByteArray good()
{
    return sign(secret, id, stamp, body);
}

/// The same 32 bytes spelt with an unused bit set: a lenient decoder takes it.
QByteArray otherSpelling(QByteArray signature)
{
    static const QByteArray alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto last = signature.size() - 2;    // before the one '='
    signature[last] = alphabet.at(alphabet.indexOf(signature.at(last)) ^ 1);
    return signature;
}

}

class TestSignature : public QObject {
    Q_OBJECT

private slots:
    void theGoldenVectors_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("stamp");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<QByteArray>("signature");
        const auto all = golden();
        for (const auto& vector : all.at("vectors")) {
            const QByteArray number = QByteArray::number(qint64(vector.at("timestamp").get<std::int64_t>()));
            QTest::addRow("%s", vector.at("name").get<std::string>().c_str())
                << bytesOf(vector.at("id")) << number << bytesOf(vector.at("body_utf8")) << bytesOf(all.at("standard_secret"))
                << bytesOf(vector.at("standard_v1"));
            QTest::addRow("%s, old key", vector.at("name").get<std::string>().c_str())
                << bytesOf(vector.at("id")) << number << bytesOf(vector.at("body_utf8")) << bytesOf(all.at("standard_secret_old"))
                << bytesOf(vector.at("standard_v1_old_key"));
        }
        const auto& published = all.at("published").at("standard_v1");
        QTest::addRow("published") << bytesOf(published.at("id"))
                                   << QByteArray::number(qint64(published.at("timestamp").get<std::int64_t>()))
                                   << bytesOf(published.at("body")) << bytesOf(published.at("secret")) << bytesOf(published.at("good"));
    }
    void theGoldenVectors()
    {
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, stamp);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, secret);
        QFETCH(QByteArray, signature);
        const auto key = decodeSecret(secret);
        QVERIFY(key);
        QCOMPARE(sign(*key, id, stamp, body), signature);
        QCOMPARE(verify(*key, headersWith(signature, stamp, id), body, at(stamp.toLongLong())), Verdict::Valid);
        QCOMPARE(verify(*key, headersWith(signature, stamp, id), body + ' ', at(stamp.toLongLong())), Verdict::Wrong);
    }

    void thePublishedBadOneIsNotTaken()
    {
        const auto published = golden().at("published").at("standard_v1");
        const auto key = decodeSecret(bytesOf(published.at("secret")));
        const QByteArray number = QByteArray::number(qint64(published.at("timestamp").get<std::int64_t>()));
        QVERIFY(verify(*key, headersWith(bytesOf(published.at("bad")), number, bytesOf(published.at("id"))), bytesOf(published.at("body")),
                       at(number.toLongLong())) != Verdict::Valid);
    }

    void oneOfSeveralSignaturesIsEnough()    // key rotation: the sender signs with the old key and with the new one
    {
        const auto all = golden();
        for (const auto& vector : all.at("vectors")) {
            const QByteArray both = bytesOf(vector.at("standard_v1")) + ' ' + bytesOf(vector.at("standard_v1_old_key")) + ' ' +
                                    bytesOf(vector.at("standard_v1a"));
            for (const char* name : {"standard_secret", "standard_secret_old"}) {
                const auto key = decodeSecret(bytesOf(all.at(name)));
                QCOMPARE(verify(*key, headersWith(both, "1700000000", bytesOf(vector.at("id"))), bytesOf(vector.at("body_utf8")),
                                at(stampSeconds)),
                         Verdict::Valid);
            }
        }
    }

    void whatStandsInTheSignature_data()
    {
        QTest::addColumn<QByteArray>("signature");
        QTest::addColumn<Verdict>("verdict");
        const QByteArray wrong = sign(QByteArray(32, 'x'), id, stamp, body);
        QTest::newRow("good") << good() << Verdict::Valid;
        QTest::newRow("of another key") << wrong << Verdict::Wrong;
        QTest::newRow("wrong, then good") << wrong + ' ' + good() << Verdict::Valid;
        QTest::newRow("unknown version, then good") << "v9,abc " + good() << Verdict::Valid;
        QTest::newRow("unreadable, then good") << "nonsense v1,!! " + good() << Verdict::Valid;
        QTest::newRow("unknown version alone") << "v2," + good().mid(3) << Verdict::Malformed;
        QTest::newRow("v1a alone") << "v1a," + good().mid(3) << Verdict::Malformed;
        QTest::newRow("no comma") << good().mid(3) << Verdict::Malformed;
        QTest::newRow("two commas") << good() + ",x" << Verdict::Malformed;
        QTest::newRow("comma doubled") << "v1,," + good().mid(3) << Verdict::Malformed;
        QTest::newRow("empty") << QByteArray("") << Verdict::Malformed;
        QTest::newRow("version alone") << QByteArray("v1,") << Verdict::Malformed;
        QTest::newRow("upper case version") << "V1," + good().mid(3) << Verdict::Malformed;
        QTest::newRow("without padding") << good().chopped(1) << Verdict::Malformed;
        QTest::newRow("padded twice") << good() + '=' << Verdict::Malformed;
        QTest::newRow("unused bits set") << otherSpelling(good()) << Verdict::Malformed;
        QTest::newRow("white space inside") << QByteArray(good()).insert(10, '\n') << Verdict::Malformed;
        QTest::newRow("one byte short") << "v1," + QByteArray(31, 'a').toBase64() << Verdict::Malformed;
        QTest::newRow("one byte long") << "v1," + QByteArray(33, 'a').toBase64() << Verdict::Malformed;
        QTest::newRow("hex of another scheme") << "sha256=" + QByteArray(32, 'a').toHex() << Verdict::Malformed;
    }
    void whatStandsInTheSignature()
    {
        QFETCH(QByteArray, signature);
        QFETCH(Verdict, verdict);
        QCOMPARE(verify(secret, headersWith(signature), body, at(stampSeconds)), verdict);
    }

    void whatStandsInTheStamp_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("plain") << stamp << Verdict::Valid;
        QTest::newRow("letters behind") << "1700000000abc"_ba << Verdict::Malformed;
        QTest::newRow("space before") << " 1700000000"_ba << Verdict::Malformed;
        QTest::newRow("space behind") << "1700000000 "_ba << Verdict::Malformed;
        QTest::newRow("float") << "1.7e9"_ba << Verdict::Malformed;
        QTest::newRow("plus") << "+1700000000"_ba << Verdict::Malformed;
        QTest::newRow("negative") << "-1700000000"_ba << Verdict::Malformed;
        QTest::newRow("20 digits") << "17000000000000000000"_ba << Verdict::Malformed;
        QTest::newRow("11 digits") << "01700000000"_ba << Verdict::Malformed;
        QTest::newRow("full-width digits") << QByteArray("\xEF\xBC\x91") << Verdict::Malformed;
        QTest::newRow("empty") << ""_ba << Verdict::Malformed;
        QTest::newRow("long ago") << "0"_ba << Verdict::TooOld;
        QTest::newRow("the largest") << "9999999999"_ba << Verdict::TooNew;
    }
    void whatStandsInTheStamp()    // signed as it stands, so only the form of the stamp can be at fault
    {
        QFETCH(QByteArray, text);
        QFETCH(Verdict, verdict);
        QCOMPARE(verify(secret, headersWith(sign(secret, id, text, body), text), body, at(stampSeconds)), verdict);
    }

    void theStampCountsAsTextAndNotAsNumber()
    {
        QCOMPARE(verify(secret, headersWith(sign(secret, id, "7", body), "07"), body, at(7)), Verdict::Wrong);
        QCOMPARE(verify(secret, headersWith(sign(secret, id, "07", body), "07"), body, at(7)), Verdict::Valid);
    }

    void theToleranceEndsAtFiveMinutesBothWays_data()
    {
        QTest::addColumn<qint64>("secondsLater");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("300 s old") << qint64{300} << Verdict::Valid;
        QTest::newRow("301 s old") << qint64{301} << Verdict::TooOld;
        QTest::newRow("300 s ahead") << qint64{-300} << Verdict::Valid;
        QTest::newRow("301 s ahead") << qint64{-301} << Verdict::TooNew;
    }
    void theToleranceEndsAtFiveMinutesBothWays()
    {
        QFETCH(qint64, secondsLater);
        QFETCH(Verdict, verdict);
        QCOMPARE(verify(secret, headersWith(good()), body, at(stampSeconds + secondsLater)), verdict);
        // An old stamp with a wrong signature tells nothing about its age.
        QCOMPARE(verify(QByteArray(32, 'y'), headersWith(good()), body, at(stampSeconds + secondsLater)), Verdict::Wrong);
    }

    void headersAreNamedInAnyCaseAndStandOnce_data()
    {
        QTest::addColumn<QList<Header>>("headers");
        QTest::addColumn<Verdict>("verdict");
        const auto all = headersWith(good());
        QTest::newRow("any case") << QList<Header>{{"Webhook-ID", id}, {"WEBHOOK-TIMESTAMP", stamp}, {"Webhook-Signature", good()}}
                                  << Verdict::Valid;
        for (const Header& header : all) {
            auto without = all;
            without.removeAll(header);
            QTest::addRow("%s missing", header.name.constData()) << without << Verdict::Missing;
            QTest::addRow("%s twice", header.name.constData()) << all + QList<Header>{header} << Verdict::Malformed;
        }
        QTest::newRow("none") << QList<Header>() << Verdict::Missing;
        QTest::newRow("id with a full stop") << headersWith(sign(secret, "a.b", stamp, body), stamp, "a.b") << Verdict::Malformed;
        QTest::newRow("id empty") << headersWith(sign(secret, "", stamp, body), stamp, "") << Verdict::Malformed;
    }
    void headersAreNamedInAnyCaseAndStandOnce()
    {
        QFETCH(QList<Header>, headers);
        QFETCH(Verdict, verdict);
        QCOMPARE(verify(secret, headers, body, at(stampSeconds)), verdict);
    }

    void anEmptyBodyIsCheckedToo()
    {
        QCOMPARE(verify(secret, headersWith(sign(secret, id, stamp, {})), {}, at(stampSeconds)), Verdict::Valid);
        QCOMPARE(verify(secret, headersWith(good()), {}, at(stampSeconds)), Verdict::Wrong);
    }

    void aSecretIsNeverEmpty_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("good") << "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_ba << QString();
        QTest::newRow("without prefix") << "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_ba << QString();
        QTest::newRow("empty") << ""_ba << u"secret_empty"_s;
        QTest::newRow("bare prefix") << "whsec_"_ba << u"secret_empty"_s;
        QTest::newRow("no base64") << "whsec_?"_ba << u"secret_malformed"_s;
        QTest::newRow("unused bits set") << "whsec_QUE="_ba.replace("E=", "F=") << u"secret_malformed"_s;
    }
    void aSecretIsNeverEmpty()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        const auto decoded = decodeSecret(text);
        QCOMPARE(decoded ? QString() : decoded.error().code, code);
    }

    void eachWebhookHasItsOwnSecret()
    {
        const MasterKey key(QByteArray(32, 'k'));
        QCOMPARE(key.secretOf(WebhookId{u"a"_s}), key.secretOf(WebhookId{u"a"_s}));
        QVERIFY(key.secretOf(WebhookId{u"a"_s}) != key.secretOf(WebhookId{u"b"_s}));
        QVERIFY(key.secretOf(WebhookId{u"a"_s}) != MasterKey(QByteArray(32, 'l')).secretOf(WebhookId{u"a"_s}));
        QCOMPARE(key.secretOf(WebhookId{u"a"_s}).size(), 32);
    }

    void theKeyFileIsMadeOnceForItsOwnerAlone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"key"_s);
        QCOMPARE(MasterKey::load(path, false).error().code, u"key_file"_s);
        const auto made = MasterKey::load(path, true);
        QVERIFY(made);
        const auto read = MasterKey::load(path, true);
        QVERIFY(read);
        QCOMPARE(read->secretOf(WebhookId{u"a"_s}), made->secretOf(WebhookId{u"a"_s}));
        QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"key"_s});
    }

    void aKeyFileWithoutAKeyIsAnError()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"key"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("c2hvcnQ=\n");
        file.close();
        QCOMPARE(MasterKey::load(file.fileName(), true).error().code, u"key_file"_s);
    }

    void programsThatStartAtOnceShareOneKey()
    {
        for (int round = 0; round < 50; ++round) {
            const QTemporaryDir folder;
            const QString path = folder.filePath(u"key"_s);
            std::array<QByteArray, 8> secrets;
            std::atomic<bool> go = false;
            {
                std::vector<std::jthread> threads;
                for (QByteArray& mine : secrets)
                    threads.emplace_back([&go, &mine, path] {
                        go.wait(false);
                        const auto key = MasterKey::load(path, true);
                        mine = key ? key->secretOf(WebhookId{u"a"_s}) : key.error().message.toUtf8();
                    });
                go = true;
                go.notify_all();
            }
            for (const QByteArray& secret : secrets)
                QCOMPARE(secret, secrets.front());
        }
    }
};

QTEST_APPLESS_MAIN(TestSignature)
#include "tst_signature.moc"
