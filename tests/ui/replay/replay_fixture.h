// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/store_fixture.h"
#include "tests/support/ui_fixture.h"

#include <QPushButton>

namespace test_support {

/// A store with a job whose reports were all refused because its address was switched off, and an open session on it.
class ReplayFixture {
public:
    /// Empty, or what went wrong.
    [[nodiscard]] QString open(bool readOnly = false, ui::Environment environment = ui::Environment::Development)
    {
        ui::ConnectionProfile profile;
        profile.id = QStringLiteral("test");
        profile.name = QStringLiteral("media-dev");
        profile.environment = environment;
        profile.storePath = store.storePath();
        profile.storagePath = store.storage().root();
        profile.readOnly = readOnly;
        profile.workerThreads = 0;    // the jobs stay as the reports leave them
        session = std::make_shared<ui::StoreSession>(profile);
        session->open();
        if (!QTest::qWaitFor([&] { return session->state() != ui::StoreSession::State::Opening; }, 10'000))
            return QStringLiteral("The session does not open");
        return session->isOpen() ? QString() : session->error().message;
    }
    /// `running` reports, then one that the job is done, then that one again, then one that is no JSON: all refused, oldest first.
    QList<core::webhooks::Delivery> refusedReports(int running)
    {
        using namespace Qt::StringLiterals;
        store.now = core::base::systemNow() - std::chrono::hours(2);
        const auto submitted = store.submitAnswer(core::JobType::SilenceDetect, u"u-31"_s);
        job = submitted.jobId;
        store.exec("UPDATE webhooks SET is_active = 0");
        QList<QByteArray> bodies;
        for (int i = 1; i <= running; ++i)
            bodies << R"({"status":"RUNNING","progress_pct":)" + QByteArray::number(std::min(99, i)) + R"(,"sequence":)" +
                          QByteArray::number(i) + '}';
        const QByteArray done = doneBody(core::JobType::SilenceDetect, job, "e-done");
        bodies << done << done << "{\"status\":";
        QList<core::DeliveryId> ids;
        for (const QByteArray& body : std::as_const(bodies)) {
            auto report = trustedReport(job, body);
            report.jobId.reset();
            report.webhookId = submitted.webhookId;
            ids << store.service().recordWebhookEvents({report}, core::tasks::Mode::Apply).value().constFirst().deliveryId;
            store.now += std::chrono::milliseconds(1700);
        }
        store.exec("UPDATE webhooks SET is_active = 1");
        store.now = core::base::systemNow();
        QList<core::webhooks::Delivery> rows;
        const core::webhooks::WebhookRepository webhooks(store.database());
        for (const auto& id : std::as_const(ids))
            rows << webhooks.findDelivery(id).value().value();
        return rows;
    }
    [[nodiscard]] ui::UiContext context() { return {*session, preferences, navigator}; }
    [[nodiscard]] qint64 replayed() { return store.count("SELECT count(*) FROM webhook_deliveries WHERE source = 'replay'"); }
    [[nodiscard]] qint64 journalled() { return store.count("SELECT count(*) FROM operator_journal WHERE action = 'replay'"); }

    StoreFixture store;
    core::JobId job;
    std::shared_ptr<ui::StoreSession> session;
    ui::Preferences preferences{store.folder() + QStringLiteral("/console.ini")};
    ui::Navigator navigator;
};

/// The button whose text begins so; null if there is none.
[[nodiscard]] inline QPushButton* buttonIn(QWidget& in, const QString& text)
{
    const auto all = in.findChildren<QPushButton*>();
    for (QPushButton* button : all) {
        if (button->text().startsWith(text) && button->isVisibleTo(&in))
            return button;
    }
    return nullptr;
}

}
