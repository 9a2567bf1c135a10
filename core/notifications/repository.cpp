// SPDX-License-Identifier: Apache-2.0
#include "core/notifications/repository.h"

namespace core::notifications {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

QString kindName(NotificationKind kind)
{
    switch (kind) {
    case NotificationKind::JobDone: return u"job_done"_s;
    case NotificationKind::JobFailed: return u"job_failed"_s;
    case NotificationKind::JobCancelled: return u"job_cancelled"_s;
    }
    Q_UNREACHABLE();
}

namespace {

#define NOTIFICATION_COLUMNS "id, user_id, job_id, kind, title, body, payload, is_read, created_at"

Notification notificationFromRow(Row& row)
{
    Notification notification;
    notification.id = row.id<NotificationId>();
    notification.userId = row.string();
    notification.jobId = row.optionalId<JobId>();
    notification.kind = row.string();
    notification.title = row.string();
    notification.body = row.string();
    notification.payload = row.optionalBytes();
    notification.isRead = row.boolean();
    notification.createdAt = row.time();
    return notification;
}

}

Result<void> NotificationRepository::insert(const Notification& notification)
{
    auto query = m_database.prepare("INSERT INTO notifications (" NOTIFICATION_COLUMNS ") "
                                    "VALUES (:id, :user_id, :job_id, :kind, :title, :body, :payload, :is_read, :created_at)",
                                    Path::Hot);
    query.bind(":id", notification.id)
        .bind(":user_id", notification.userId)
        .bind(":job_id", notification.jobId)
        .bind(":kind", notification.kind);
    query.bind(":title", notification.title).bind(":body", notification.body).bindUtf8(":payload", notification.payload);
    query.bind(":is_read", notification.isRead).bind(":created_at", notification.createdAt);
    return query.execAhead();
}

Result<QList<Notification>> NotificationRepository::ofJob(const JobId& id) const
{
    auto query =
        m_database.prepare("SELECT " NOTIFICATION_COLUMNS " FROM notifications WHERE job_id = :job_id ORDER BY created_at, id", Path::Hot);
    query.bind(":job_id", id);
    return query.fetchAll(notificationFromRow);
}

Result<QList<Notification>> NotificationRepository::newest(const std::optional<std::pair<Time, NotificationId>>& before, int limit) const
{
    auto query = m_database.prepare("SELECT " NOTIFICATION_COLUMNS " FROM notifications WHERE (created_at, id) < (:created_at, :id) "
                                    "ORDER BY created_at DESC, id DESC LIMIT :limit",
                                    Path::Hot);
    query.bind(":created_at", before ? base::toMicros(before->first) : std::numeric_limits<qint64>::max());
    query.bind(":id", before ? before->second.text : u""_s).bind(":limit", limit);
    return query.fetchAll(notificationFromRow);
}

}
