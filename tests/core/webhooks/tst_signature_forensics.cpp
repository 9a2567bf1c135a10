// SPDX-License-Identifier: Apache-2.0
#include "core/webhooks/signature.h"
#include "core/webhooks/signature_examination.h"
#include "core/webhooks/signature_forensics.h"
#include "core/webhooks/signature_variants.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace core;
using namespace core::webhooks;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(core::webhooks::Mismatch)
Q_DECLARE_METATYPE(core::webhooks::Verdict)

namespace {

const QByteArray secret(32, 's');
const QByteArray stamp = "1700000000";
const QByteArray id = "msg_1";
const QByteArray body = "{\"status\": \"RUNNING\", \"message\": \"caf\xC3\xA9\", \"attempt\":1}";

Time secondsAfterStamp(qint64 seconds)
{
    return base::fromMicros((1'700'000'000 + seconds) * 1'000'000);
}

Delivery deliveryWith(const QByteArray& signature, const QByteArray& bytes = body)
{
    Delivery delivery;
    delivery.headers = {{"webhook-id", id}, {"webhook-timestamp", stamp}, {"webhook-signature", signature}};
    delivery.body = bytes;
    delivery.receivedAt = secondsAfterStamp(2);
    return delivery;
}

QByteArray signedOver(const QByteArray& content, const QByteArray& key = secret)
{
    return sign(key, id, stamp, content);
}

QByteArray hexMac(const QByteArray& content)
{
    return QMessageAuthenticationCode::hash(content, secret, QCryptographicHash::Sha256).toHex();
}

}

class TestSignatureForensics : public QObject {
    Q_OBJECT

private slots:
    void aGoodSignatureHasNoMismatch()
    {
        const auto report = examineSignature(secret, deliveryWith(signedOver(body)));
        QCOMPARE(report.verdict, Verdict::Valid);
        QCOMPARE(report.mismatch, Mismatch::None);
        QVERIFY(report.trials.constFirst().fits);
        QCOMPARE(report.age, std::chrono::seconds{2});
        QCOMPARE(report.expectedBeginning, report.givenBeginning);
    }

    void theMistakeOfTheSenderIsNamed_data()
    {
        QTest::addColumn<QByteArray>("signature");
        QTest::addColumn<QString>("trial");
        QTest::addColumn<Mismatch>("mismatch");
        const auto row = [](const char* name, const QByteArray& signature, const char* trial, Mismatch mismatch) {
            QTest::newRow(name) << signature << QString::fromLatin1(trial) << mismatch;
        };
        row("compact", signedOver("{\"status\":\"RUNNING\",\"message\":\"caf\xC3\xA9\",\"attempt\":1}"), "body_compact", Mismatch::Bytes);
        row("spaced", signedOver("{\"status\": \"RUNNING\", \"message\": \"caf\xC3\xA9\", \"attempt\": 1}"), "body_spaced",
            Mismatch::Bytes);
        row("spaced and escaped", signedOver("{\"status\": \"RUNNING\", \"message\": \"caf\\u00e9\", \"attempt\": 1}"),
            "body_spaced_escaped", Mismatch::Bytes);
        row("sorted", signedOver("{\"attempt\":1,\"message\":\"caf\xC3\xA9\",\"status\":\"RUNNING\"}"), "body_sorted", Mismatch::Bytes);
        row("lines", signedOver("{\n  \"status\": \"RUNNING\",\n  \"message\": \"caf\xC3\xA9\",\n  \"attempt\": 1\n}"), "body_indented_2",
            Mismatch::Bytes);
        row("a line end more", signedOver(body + '\n'), "body_newline_added", Mismatch::Bytes);
        row("nothing", signedOver({}), "body_empty", Mismatch::Bytes);
        row("the secret's text", signedOver(body, "whsec_" + secret.toBase64()), "raw+secret_text", Mismatch::Secret);
        row("the secret not decoded", signedOver(body, secret.toBase64()), "raw+secret_base64", Mismatch::Secret);
        row("another secret that is given", signedOver(body, "another"), "raw+other_secret_1", Mismatch::Secret);
        row("body alone, in hex", "sha256=" + hexMac(body), "body_alone", Mismatch::Header);
        row("without the id, in hex", "v1=" + hexMac(stamp + '.' + body), "stamp_and_body", Mismatch::Header);
        row("right, but in hex", "v1," + hexMac(id + '.' + stamp + '.' + body), "raw", Mismatch::Header);
    }
    void theMistakeOfTheSenderIsNamed()
    {
        QFETCH(QByteArray, signature);
        QFETCH(QString, trial);
        QFETCH(Mismatch, mismatch);
        const auto report = examineSignature(secret, deliveryWith(signature), {{u"the typed secret"_s, "another"}});
        QVERIFY(report.verdict != Verdict::Valid);
        QStringList fitting;
        for (const SignatureTrial& each : report.trials) {
            if (each.fits)
                fitting << each.name;
        }
        QCOMPARE(fitting, QStringList{trial});
        QCOMPARE(report.mismatch, mismatch);
        QVERIFY(!report.claim.isEmpty() && !report.advice.isEmpty());
    }

    void theClockIsNamedOnlyWhenTheSignatureFits_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<bool>("good");
        QTest::addColumn<Mismatch>("mismatch");
        QTest::newRow("at the edge") << qint64{300} << true << Mismatch::None;
        QTest::newRow("too old") << qint64{301} << true << Mismatch::Time;
        QTest::newRow("from the future") << qint64{-301} << true << Mismatch::Time;
        QTest::newRow("old and wrong") << qint64{3000} << false << Mismatch::Unexplained;
    }
    void theClockIsNamedOnlyWhenTheSignatureFits()
    {
        QFETCH(qint64, seconds);
        QFETCH(bool, good);
        auto delivery = deliveryWith(signedOver(body, good ? secret : "unknown"));
        delivery.receivedAt = secondsAfterStamp(seconds);
        const auto report = examineSignature(secret, delivery);
        QTEST(report.mismatch, "mismatch");
        QCOMPARE(report.age, std::chrono::seconds{seconds});
        if (report.mismatch == Mismatch::Time)
            QVERIFY2(report.claim.contains(u"301 s"_s) && report.claim.contains(u"300 s"_s), qUtf8Printable(report.claim));
    }

    void aHeaderThatCannotBeUsedIsNamed_data()
    {
        QTest::addColumn<QList<QByteArray>>("values");    // id, stamp, signature; null: not sent
        QTest::addColumn<QString>("named");
        const QByteArray good = signedOver(body);
        QTest::newRow("no signature") << QList<QByteArray>{id, stamp, {}} << u"webhook-signature"_s;
        QTest::newRow("no id") << QList<QByteArray>{{}, stamp, sign("x", {}, stamp, body)} << u"webhook-id"_s;
        QTest::newRow("milliseconds") << QList<QByteArray>{id, "1700000000123", sign("x", id, stamp, body)} << u"webhook-timestamp"_s;
        QTest::newRow("letters") << QList<QByteArray>{id, "now", sign("x", id, stamp, body)} << u"webhook-timestamp"_s;
        QTest::newRow("unknown version") << QList<QByteArray>{id, stamp, "v9,abc"} << u"webhook-signature"_s;
    }
    void aHeaderThatCannotBeUsedIsNamed()
    {
        QFETCH(QList<QByteArray>, values);
        QFETCH(QString, named);
        Delivery delivery = deliveryWith({});
        delivery.headers.clear();
        const QList<QByteArray> names{"webhook-id", "webhook-timestamp", "webhook-signature"};
        for (qsizetype i = 0; i < names.size(); ++i) {
            if (!values.at(i).isNull())
                delivery.headers.append(Header{names.at(i), values.at(i)});
        }
        const auto report = examineSignature(secret, delivery);
        QCOMPARE(report.mismatch, Mismatch::Header);
        QVERIFY2(report.claim.contains(named), qUtf8Printable(report.claim));
    }

    void withoutTheKeyOnlyWhatNeedsNoneIsJudged_data()
    {
        QTest::addColumn<Verdict>("received");
        QTest::addColumn<QByteArray>("signature");
        QTest::addColumn<Mismatch>("mismatch");
        QTest::addColumn<QString>("said");
        QTest::newRow("too old when it came") << Verdict::TooOld << signedOver(body) << Mismatch::Time << u"time stamp"_s;
        QTest::newRow("wrong when it came") << Verdict::Wrong << signedOver(body, "unknown") << Mismatch::Unexplained
                                            << u"The key of this store"_s;
        QTest::newRow("with the typed secret") << Verdict::Wrong << signedOver(body, "another") << Mismatch::Secret << u"typed"_s;
        QTest::newRow("no signature") << Verdict::Malformed << QByteArray("v9,abc") << Mismatch::Header << u"webhook-signature"_s;
        QTest::newRow("masked") << Verdict::Wrong << QByteArray("[masked]") << Mismatch::Unexplained << u"masked"_s;
    }
    void withoutTheKeyOnlyWhatNeedsNoneIsJudged()
    {
        QFETCH(Verdict, received);
        QFETCH(QByteArray, signature);
        QFETCH(QString, said);
        Delivery delivery = deliveryWith(signature);
        delivery.verdict = received;
        const auto report = examineSignature(delivery, {{}, {{u"the typed secret"_s, "another"}}, {}});
        QVERIFY(report);
        QTEST(report->mismatch, "mismatch");
        QCOMPARE(report->verdict, received);
        QVERIFY2(report->claim.contains(said), qUtf8Printable(report->claim));
        QCOMPARE(report->expectedBeginning, QString());
        for (const SignatureTrial& trial : report->trials)
            QVERIFY2(trial.name.endsWith(u"other_secret_1"_s), qUtf8Printable(trial.name));
    }

    void aMaskedSignatureIsNotJudgedWithTheKeyEither()
    {
        Delivery delivery = deliveryWith("[masked]");
        delivery.verdict = Verdict::TooNew;
        const auto report = examineSignature(delivery, {secret, {}, {}});
        QVERIFY(report);
        QCOMPARE(report->mismatch, Mismatch::Time);
        QVERIFY(report->trials.isEmpty());
        QCOMPARE(report->expectedBeginning, QString());
    }

    void aLargeBodyIsTriedInFewWaysAndCanBeGivenUp()
    {
        const QByteArray large(largestRewritten + 1, ' ');
        const auto report = examineSignature(secret, deliveryWith(signedOver(large, "unknown"), large));
        QStringList names;
        for (const SignatureTrial& trial : report.trials)
            names << trial.name.section(u'+', 0, 0);
        names.removeDuplicates();
        QCOMPARE(names, (QStringList{u"raw"_s, u"body_alone"_s, u"stamp_and_body"_s}));
        QVERIFY2(report.claim.contains(u"1000000 bytes"_s), qUtf8Printable(report.claim));
        QCOMPARE(examineSignature(secret, deliveryWith(signedOver(large), large)).verdict, Verdict::Valid);
        QCOMPARE(examineSignature(secret, deliveryWith(hexMac(stamp + '.' + large), large)).mismatch, Mismatch::Header);

        const CancelSource givenUp;
        givenUp.cancel();
        QCOMPARE(examineSignature(deliveryWith(signedOver(large), large), {secret, {}, givenUp.token()}).error().kind,
                 ErrorKind::Cancelled);
    }

    void anotherProvidersHeaderIsSeen()
    {
        auto delivery = deliveryWith("v1,abc");
        delivery.headers.append(Header{"X-Hub-Signature-256", "sha256=00"});
        const auto headers = examineSignature(secret, delivery).headers;
        QCOMPARE(headers.constLast().name, u"x-hub-signature-256"_s);
    }

    void noSecretStandsInTheReport()
    {
        const QByteArray canary("canary-secret-0123456789abcdefgh");
        const auto report = examineSignature(canary, deliveryWith(signedOver(body)), {{u"the typed secret"_s, "canary-typed"}});
        QString all = report.claim + report.advice + report.expectedBeginning + report.givenBeginning;
        for (const auto& trial : report.trials)
            all += trial.name + trial.sentence;
        for (const auto& header : report.headers)
            all += header.name + header.problem;
        for (const QByteArray& hidden : {canary, canary.toBase64(), QByteArray("canary-typed"), signedOver(body, canary)})
            QVERIFY(!all.contains(QString::fromLatin1(hidden)));
    }

    void spacesAroundTheIdAreNamed()
    {
        auto delivery = deliveryWith(signedOver(body));
        delivery.headers[0].value = " msg_1 ";
        const auto report = examineSignature(secret, delivery);
        QCOMPARE(report.mismatch, Mismatch::Header);
        QCOMPARE(report.trials.constLast().name.startsWith(u"id_trimmed"_s), true);
    }

    void hostileBodiesAreExamined_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("not JSON") << QByteArray("status=RUNNING");
        QTest::newRow("not UTF-8") << QByteArray("\xff\xfe\x00{", 4);
        QTest::newRow("200,000 arrays") << QByteArray(200'000, '[') + QByteArray(200'000, ']');
        QTest::newRow("a lone surrogate") << QByteArray(R"({"a": "\ud800"})");
        QTest::newRow("at the cap") << "{\"a\": \"" + QByteArray(1'000'000, 'x') + "\"}";
    }
    void hostileBodiesAreExamined()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(examineSignature(secret, deliveryWith(signedOver(bytes), bytes)).mismatch, Mismatch::None);
        QCOMPARE(examineSignature(secret, deliveryWith(signedOver("other"), bytes)).mismatch, Mismatch::Unexplained);
    }

    void noVariantIsTheBodyItself()
    {
        for (const QByteArray& bytes : {QByteArray("{}"), QByteArray("{\"a\":1}"), QByteArray("x\n"), QByteArray("")}) {
            const auto variants = bodyVariants(bytes);
            for (const BodyVariant& variant : variants)
                QVERIFY2(variant.bytes != bytes, qUtf8Printable(variant.name));
        }
    }
};

QTEST_APPLESS_MAIN(TestSignatureForensics)
#include "tst_signature_forensics.moc"
