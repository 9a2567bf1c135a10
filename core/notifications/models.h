// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "core/base/page.h"
#include "core/base/time.h"

#include <QByteArray>

#include <optional>

namespace core::notifications {

enum class NotificationKind { JobDone, JobFailed, JobCancelled };

[[nodiscard]] QString kindName(NotificationKind kind);    ///< as stored: "job_done"

struct Notification {
    NotificationId id;
    QString userId;
    std::optional<JobId> jobId;
    QString kind;
    QString title;
    QString body;
    std::optional<QByteArray> payload;    ///< JSON
    bool isRead = false;
    Time createdAt{};
    bool operator==(const Notification&) const = default;
};
using NotificationPage = PageOf<Notification>;    ///< newest first, by (created_at, id)

}
