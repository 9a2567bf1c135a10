// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/notifications/models.h"

namespace core::notifications {

class NotificationRepository {
public:
    explicit NotificationRepository(database::Database& database) : m_database(database) {}

    [[nodiscard]] Result<void> insert(const Notification& notification);
    [[nodiscard]] Result<QList<Notification>> ofJob(const JobId& id) const;
    /// Newest first, before (created_at, id) if given.
    [[nodiscard]] Result<QList<Notification>> newest(const std::optional<std::pair<Time, NotificationId>>& before, int limit) const;

private:
    database::Database& m_database;
};

}
