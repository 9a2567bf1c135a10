// SPDX-License-Identifier: Apache-2.0
#include "core/keyring/keyring.h"

#include "core/base/session_bus.h"

#include <qt6keychain/keychain.h>

namespace core::keyring {

using namespace Qt::StringLiterals;

void ask(QKeychain::Job* job, const QString& connectionId, QObject* context, std::function<void(QKeychain::Job&)> done)
{
    job->setKey(u"connection/"_s + connectionId);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, context, [done = std::move(done)](QKeychain::Job* ended) { done(*ended); });
    job->start();
}

Pending<std::optional<QString>> readSecret(const QString& service, const QString& connectionId, QObject* context)
{
    // std::function wants what it holds to be copied; a promise is not.
    const auto promise = std::make_shared<Promise<std::optional<QString>>>();
    auto pending = promise->pending();
    if (!base::hasSessionBus()) {
        promise->finish(std::optional<QString>());
        return pending;
    }
    ask(new QKeychain::ReadPasswordJob(service), connectionId, context, [promise](QKeychain::Job& job) {
        if (!job.error())
            promise->finish(std::optional(static_cast<QKeychain::ReadPasswordJob&>(job).textData()));
        else if (job.error() == QKeychain::EntryNotFound)
            promise->finish(std::optional<QString>());
        else
            promise->finish(
                failure(ErrorKind::Unavailable, u"secret_unreadable"_s, u"The desktop's keyring does not answer"_s, {}, job.errorString()));
    });
    return pending;
}

}
