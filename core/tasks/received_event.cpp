// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/received_event.h"

namespace core::tasks {

using namespace Qt::StringLiterals;
using webhooks::Outcome;
using webhooks::Stage;

namespace {

int httpStatusOf(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized: return 401;
    case ErrorKind::Malformed: return 400;
    case ErrorKind::Invalid: return 422;
    case ErrorKind::NotFound: return 404;
    case ErrorKind::TooLarge: return 413;
    case ErrorKind::Forbidden:
    case ErrorKind::Conflict:
    case ErrorKind::Unavailable:
    case ErrorKind::Cancelled:
    case ErrorKind::TimedOut:
    case ErrorKind::Internal: return 503;    // what may succeed later must not make the sender give up
    }
    Q_UNREACHABLE();
}

}

void ReceivedEvent::pass(Stage stage, const QString& detail)
{
    outcome.stageReached = stage;
    outcome.stages.append({stage, true, detail});
}

void ReceivedEvent::reject(Stage stage, const Error& error)
{
    outcome.outcome = Outcome::Rejected;
    outcome.stageReached = stage;
    outcome.stages.append({stage, false, error.message});
    outcome.error = error;
    outcome.httpStatus = httpStatusOf(error);
    outcome.retryLater = outcome.httpStatus == 503;
    outcome.after.reset();
    outcome.event.reset();
    outcome.artifacts.clear();
    outcome.notification.reset();
}

void noteScratchCopy(QList<WebhookOutcome>& outcomes)
{
    for (WebhookOutcome& outcome : outcomes)
        outcome.stages.prepend({Stage::Receive, true, u"In a scratch copy of the job: the connection is read-only"_s});
}

}
