// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/end_notification.h"

namespace core::tasks {

using namespace Qt::StringLiterals;
using notifications::NotificationKind;

notifications::Notification notificationOfEnd(const jobs::JobSummary& job, JobStatus end, const QString& body, Time at)
{
    const QString name = job.typeText.toLower().replace(u'_', u' ');
    notifications::Notification notification;
    notification.id = newId<NotificationId>();
    notification.userId = job.userId;
    notification.jobId = job.id;
    notification.body = body;
    notification.createdAt = at;
    if (end == JobStatus::Done) {
        notification.kind = notifications::kindName(NotificationKind::JobDone);
        notification.title = u"%1 is done"_s.arg(name);
    } else if (end == JobStatus::Failed) {
        notification.kind = notifications::kindName(NotificationKind::JobFailed);
        notification.title = u"%1 failed"_s.arg(name);
    } else {
        notification.kind = notifications::kindName(NotificationKind::JobCancelled);
        notification.title = u"%1 was cancelled"_s.arg(name);
    }
    return notification;
}

}
