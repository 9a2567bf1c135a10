// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/models.h"

namespace core::jobs {

using namespace Qt::StringLiterals;

QString statusName(JobStatus status)
{
    switch (status) {
    case JobStatus::Pending: return u"PENDING"_s;
    case JobStatus::Running: return u"RUNNING"_s;
    case JobStatus::Done: return u"DONE"_s;
    case JobStatus::Failed: return u"FAILED"_s;
    case JobStatus::Cancelled: return u"CANCELLED"_s;
    case JobStatus::Unknown: return {};
    }
    Q_UNREACHABLE();
}

JobStatus parseStatus(QStringView text)
{
    for (const JobStatus status : {JobStatus::Pending, JobStatus::Running, JobStatus::Done, JobStatus::Failed, JobStatus::Cancelled}) {
        if (text.compare(statusName(status), Qt::CaseInsensitive) == 0)
            return status;
    }
    return JobStatus::Unknown;
}

bool isTerminal(JobStatus status)
{
    switch (status) {
    case JobStatus::Done:
    case JobStatus::Failed:
    case JobStatus::Cancelled: return true;
    case JobStatus::Pending:
    case JobStatus::Running:
    case JobStatus::Unknown: return false;
    }
    Q_UNREACHABLE();
}

}
