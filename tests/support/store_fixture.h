// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/tasks/task_service.h"
#include "tests/support/test_store.h"

#include <QTemporaryDir>

#include <memory>

namespace test_support {

/// A migrated store in a folder of its own, with a storage that holds one input file, a master key, a clock that stands still
/// until a test sets it, and a TaskService. A failure to make it ends the test program.
class StoreFixture {
    QTemporaryDir m_folder;    // before all that stands in it
    TestStore m_store{m_folder.path()};

public:
    StoreFixture();

    [[nodiscard]] core::database::Database& database() { return *m_database; }
    [[nodiscard]] core::tasks::TaskService& service() { return *m_service; }
    [[nodiscard]] core::jobs::JobRepository jobs() { return core::jobs::JobRepository(*m_database); }
    [[nodiscard]] const core::files::Storage& storage() const { return settings.storage; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString storePath() const { return m_store.path(); }
    [[nodiscard]] QString keyPath() const { return m_store.keyPath(); }

    /// Another connection to the same store.
    [[nodiscard]] std::unique_ptr<core::database::Database> connect(core::database::Access access = core::database::Access::ReadWrite,
                                                                    std::chrono::milliseconds busyTimeout = std::chrono::seconds{30}) const;
    /// Closes the connection and opens it again: what was set on it (page limits, temporary triggers) is gone.
    void reconnect(std::chrono::milliseconds busyTimeout = std::chrono::seconds{5});

    /// A fresh job of that type over the input file; forced, so that a test may have many of the same.
    [[nodiscard]] core::JobId submit(core::JobType type);
    [[nodiscard]] core::tasks::SubmitAnswer submitAnswer(core::JobType type, const QString& userId = {}, bool force = true);
    [[nodiscard]] core::jobs::Job job(const core::JobId& id);
    /// One number out of the store.
    [[nodiscard]] qint64 count(const char* sql);
    void exec(const char* sql);
    /// From now on the store refuses new rows of that table (those for which `when` is true; new is the row), until allowInserts().
    void refuseInserts(const QByteArray& table, const QByteArray& when = {});
    void allowInserts(const QByteArray& table);

    core::Time now = core::base::fromMicros(1'800'000'000'000'000);
    core::tasks::TaskSettings settings;
    core::Caller caller{QStringLiteral("ann"), QStringLiteral("operator"), false, QStringLiteral("test")};

private:
    std::unique_ptr<core::database::Database> m_database;
    std::unique_ptr<core::tasks::TaskService> m_service;
};

/// Another writer that has the store in hand: everybody else's changes wait for it, until letGo().
void takeHold(core::database::Database& database);
void letGo(core::database::Database& database);

/// The file in the storage that every sample input names.
inline const QString inputKey = QStringLiteral("inputs/clip.mp4");

[[nodiscard]] QByteArray sampleInput(core::JobType type);
/// An output that its type takes. Where it names files, they are outputFiles(): write them first, or see the hook fail.
[[nodiscard]] QByteArray sampleOutput(core::JobType type, const core::JobId& id);
[[nodiscard]] QStringList outputFiles(core::JobType type, const core::JobId& id);
void writeOutputFiles(const core::files::Storage& storage, core::JobType type, const core::JobId& id);

/// A report that is not signed: of this process's worker, or by hand.
[[nodiscard]] core::tasks::IncomingDelivery trustedReport(const core::JobId& id, const QByteArray& body);
/// A report as it comes over the wire, signed with the webhook's own secret at that moment.
[[nodiscard]] core::tasks::IncomingDelivery signedReport(const core::webhooks::MasterKey& key, const core::WebhookId& id,
                                                         const QByteArray& body, const QByteArray& eventId, core::Time at);
[[nodiscard]] QByteArray doneBody(core::JobType type, const core::JobId& id, const QByteArray& eventId);

/// Every row of every table as text, in a fixed order.
[[nodiscard]] QByteArray dump(core::database::Database& database);
/// Every file below a folder with its size and content's hash.
[[nodiscard]] QStringList listing(const QString& folder);

/// Where tests/data is.
[[nodiscard]] QString dataPath(const QString& name);

}
