// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/replay/replay_fixture.h"
#include "ui/base/note_box.h"
#include "ui/base/record_table.h"
#include "ui/deliveries/age_line.h"
#include "ui/deliveries/delivery_view.h"
#include "ui/deliveries/signature_panel.h"

#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using core::webhooks::Verdict;
using test_support::buttonIn;
using test_support::ReplayFixture;

/// A delivery that was refused says why, from the raw bytes, and takes a secret to try.
class SignaturePanelTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ReplayFixture> m_fixture;

    struct Sent {
        core::DeliveryId id;
        core::WebhookId webhook;
    };
    /// One signed report, as `spoil` left it.
    Sent send(const std::function<void(core::tasks::IncomingDelivery&)>& spoil, const core::webhooks::MasterKey* other = nullptr)
    {
        auto& store = m_fixture->store;
        store.settings.masterKey = core::webhooks::MasterKey::load(store.storePath() + u".key"_s, true).value();
        store.reconnect();
        store.now = core::base::systemNow();
        const auto submitted = store.submitAnswer(core::JobType::MediaProbe, u"u-31"_s);
        auto report = test_support::signedReport(other ? *other : store.settings.masterKey, submitted.webhookId,
                                                 R"({"status": "RUNNING", "progress_pct": 10})", "msg_1", store.now);
        spoil(report);
        return {store.service().recordWebhookEvents({report}, core::tasks::Mode::Apply).value().constFirst().deliveryId,
                submitted.webhookId};
    }
    static QString texts(QWidget& in)
    {
        QStringList all;
        const auto labels = in.findChildren<QLabel*>();
        for (const QLabel* label : labels) {
            if (label->isVisible())
                all << label->text();
        }
        return all.join(u'\n');
    }

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void init() { m_fixture = std::make_unique<ReplayFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void theMismatchIsNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("anyFits");
        QTest::newRow("bytes") << u"bytes"_s << true;
        QTest::newRow("time") << u"time"_s << true;
        QTest::newRow("header") << u"header"_s << false;
    }
    void theMismatchIsNamed()
    {
        QFETCH(QString, name);
        QFETCH(bool, anyFits);
        const Sent sent = send([&](core::tasks::IncomingDelivery& report) {
            if (name == u"bytes")    // on the way somebody read it and wrote it again
                report.body = R"({"status":"RUNNING","progress_pct":10})";
            else if (name == u"time")
                report = test_support::signedReport(m_fixture->store.settings.masterKey, *report.webhookId, report.body, "msg_1",
                                                    m_fixture->store.now - std::chrono::minutes(7));
            else
                report.headers.removeIf([](const auto& header) { return header.name == "webhook-signature"; });
        });
        QCOMPARE(m_fixture->open(), QString());
        ui::DeliveryView view(m_fixture->context());
        view.resize(640, 900);
        view.show();
        view.showDelivery(sent.id);
        auto* panel = view.findChild<ui::SignaturePanel*>();
        QTRY_VERIFY(panel->isVisible());
        QTRY_VERIFY(panel->findChild<ui::NoteBox*>()->noteCount() > 0);
        const auto report = m_fixture->session->backend()->examineSignature(sent.id, {}).wait().value();
        QCOMPARE(core::webhooks::mismatchName(report.mismatch), name);
        QVERIFY2(texts(*panel).contains(report.claim), qPrintable(texts(*panel)));
        QVERIFY(texts(*panel).contains(report.advice));
        auto* trials = panel->findChild<ui::RecordTable*>()->records();
        const bool fits = !trials->records().isEmpty() && trials->records().constFirst().state == ui::JobState::Done;
        QCOMPARE(fits, anyFits);
        if (report.age)
            QVERIFY(texts(*panel).contains(panel->findChild<ui::AgeLine*>()->sentence()));
        test_support::shoot(view, u"signature-"_s + name);
    }

    void aTypedSecretIsTriedAndKeptNowhere()
    {
        const core::webhooks::MasterKey other(QByteArray(32, 'x'));
        const Sent sent = send([](auto&) {}, &other);
        QCOMPARE(m_fixture->open(), QString());
        const QByteArray before = test_support::dump(m_fixture->store.database());
        ui::DeliveryView view(m_fixture->context());
        view.resize(640, 900);
        view.show();
        view.showDelivery(sent.id);
        auto* panel = view.findChild<ui::SignaturePanel*>();
        QTRY_VERIFY(panel->isVisible());
        auto* secret = panel->findChild<QLineEdit*>();
        QCOMPARE(secret->echoMode(), QLineEdit::Password);
        auto* trials = panel->findChild<ui::RecordTable*>()->records();
        QTRY_VERIFY(!trials->records().isEmpty());
        QVERIFY(trials->records().constFirst().state != ui::JobState::Done);
        secret->setFocus();
        QTest::keyClicks(secret, u"whsec_"_s + QString::fromLatin1(other.secretOf(sent.webhook).toBase64()));
        QTest::keyClick(secret, Qt::Key_Return);
        QTRY_COMPARE(trials->records().constFirst().state, ui::JobState::Done);
        test_support::shoot(view, u"signature-secret"_s);
        QCOMPARE(test_support::dump(m_fixture->store.database()), before);
        view.hide();
        QVERIFY(secret->text().isEmpty());
        view.show();
        secret->setText(u"not a secret"_s);
        QTest::mouseClick(buttonIn(*panel, u"Try"_s), Qt::LeftButton);
        QTRY_VERIFY(texts(*panel).contains(u"secret_malformed"_s));
        view.showNothing();
        QVERIFY(secret->text().isEmpty());
    }

    void anErrorLeavesNothingOfTheDeliveryBefore()
    {
        const core::webhooks::MasterKey other(QByteArray(32, 'x'));
        const Sent sent = send([](auto&) {}, &other);
        QCOMPARE(m_fixture->open(), QString());
        auto delivery = m_fixture->session->backend()->delivery(sent.id).wait().value();
        ui::SignaturePanel panel(m_fixture->context());
        panel.showDelivery(delivery);
        QTRY_VERIFY(panel.isVisible());
        const auto given = m_fixture->session->backend()->examineSignature(sent.id, {}).wait().value().givenBeginning;
        QVERIFY(texts(panel).contains(given));
        delivery.id = core::DeliveryId{u"gone"_s};
        panel.showDelivery(delivery);
        QTRY_VERIFY(texts(panel).contains(u"delivery_unknown"_s));
        QVERIFY2(!texts(panel).contains(given), qPrintable(texts(panel)));
        QCOMPARE(panel.findChild<ui::NoteBox*>()->noteCount(), 0);
        QVERIFY(panel.findChild<ui::RecordTable*>()->records()->records().isEmpty());
        QVERIFY(!panel.findChild<ui::AgeLine*>()->isVisible());
    }

    void whatWasNotRefusedHasNoPanel()
    {
        const Sent sent = send([](auto&) {});
        QCOMPARE(m_fixture->open(), QString());
        ui::DeliveryView view(m_fixture->context());
        view.show();
        view.showDelivery(sent.id);
        QTRY_VERIFY(!texts(view).isEmpty());
        QVERIFY(!view.findChild<ui::SignaturePanel*>()->isVisible());
    }
};

QTEST_MAIN(SignaturePanelTest)
#include "tst_signature_panel.moc"
