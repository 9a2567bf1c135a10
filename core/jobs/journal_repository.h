// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/caller.h"
#include "core/base/page.h"
#include "core/database/database.h"

namespace core::jobs {

/// What an operator did, written in the act's own transaction. `before` and `after` are JSON.
struct JournalEntry {
    JournalId id;
    QString operatorName;
    QString role;
    QString action;    ///< submit, cancel, replay, resubmit, post, prune, pause, ...
    QString target;    ///< "job:<id>", "delivery:<id>", "queue:<name>"
    QString reason;
    std::optional<QByteArray> before;
    std::optional<QByteArray> after;
    QString connection;
    Time createdAt{};
    bool operator==(const JournalEntry&) const = default;
};
using JournalPage = PageOf<JournalEntry>;    ///< newest first, by (created_at, id)

class JournalRepository {
public:
    explicit JournalRepository(database::Database& database) : m_database(database) {}
    [[nodiscard]] Result<void> insert(const JournalEntry& entry);
    [[nodiscard]] Result<void> insertAll(const QList<JournalEntry>& entries);
    [[nodiscard]] Result<std::optional<JournalEntry>> find(const JournalId& id) const;
    [[nodiscard]] Result<QList<JournalEntry>> newest(const std::optional<std::pair<Time, JournalId>>& before, int limit) const;

private:
    database::Database& m_database;
};

}
