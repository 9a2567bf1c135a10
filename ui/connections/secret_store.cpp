// SPDX-License-Identifier: Apache-2.0
#include "ui/connections/secret_store.h"

#include "core/base/session_bus.h"
#include "core/keyring/keyring.h"

#include <qt6keychain/keychain.h>

namespace ui {

using namespace Qt::StringLiterals;
using core::ErrorKind;
using core::failure;
using core::base::hasSessionBus;
using core::keyring::ask;

namespace {

/// So that memory that is freed does not hold it on. Only of a copy of our own: another's would stay.
void wipe(QString& secret)
{
    secret.fill(u'\0');
    secret.clear();
}

QString ownCopy(const QString& secret)
{
    return QString(secret.constData(), secret.size());
}

bool isMissing(const QKeychain::Job& job)
{
    return job.error() == QKeychain::EntryNotFound;
}

/// std::function wants what it holds to be copied; a promise is not.
template <class T>
std::shared_ptr<core::Promise<T>> promised()
{
    return std::make_shared<core::Promise<T>>();
}

QString whyNotKept(const QKeychain::Job& job)
{
    switch (job.error()) {
    case QKeychain::AccessDeniedByUser: return SecretStore::tr("The keyring was not unlocked, so it is kept for this session only.");
    case QKeychain::AccessDenied: return SecretStore::tr("The keyring did not take it, so it is kept for this session only.");
    default: return SecretStore::tr("This desktop has no keyring that answers, so it is kept for this session only.");
    }
}

}

SecretStore::SecretStore(QString service, QObject* parent) : QObject(parent), m_service(std::move(service)) {}

SecretStore::~SecretStore()
{
    for (QString& secret : m_session)
        wipe(secret);
}

void SecretStore::keepHere(const QString& connectionId, const QString& secret)
{
    forgetHere(connectionId);
    m_session.insert(connectionId, ownCopy(secret));
}

void SecretStore::forgetHere(const QString& connectionId)
{
    if (const auto kept = m_session.find(connectionId); kept != m_session.end()) {
        wipe(*kept);
        m_session.erase(kept);
    }
}

core::Pending<std::optional<KnownSecret>> SecretStore::read(const QString& connectionId)
{
    const auto promise = promised<std::optional<KnownSecret>>();
    const auto pending = promise->pending();
    if (const auto kept = m_session.constFind(connectionId); kept != m_session.constEnd()) {
        promise->finish(std::optional(KnownSecret{ownCopy(*kept), SecretPlace::Session}));
    } else if (!hasSessionBus()) {
        promise->finish(std::optional<KnownSecret>());    // at once, also for whoever waits in this thread
    } else {
        core::whenDone(core::keyring::readSecret(m_service, connectionId, this), this,
                       [promise](const core::Result<std::optional<QString>>& secret) {
                           if (!secret)
                               promise->finish(core::errorOf(secret));
                           else if (!*secret)
                               promise->finish(std::optional<KnownSecret>());
                           else
                               promise->finish(std::optional(KnownSecret{**secret, SecretPlace::Keyring}));
                       });
    }
    return pending;
}

core::Pending<KeptSecret> SecretStore::write(const QString& connectionId, const QString& secret, SecretPlace place)
{
    const auto promise = promised<KeptSecret>();
    const auto pending = promise->pending();
    keepHere(connectionId, secret);    // whatever the keyring says, the connection can be opened now
    if (place == SecretPlace::Keyring && !hasSessionBus()) {
        promise->finish(KeptSecret{SecretPlace::Session, tr("There is no desktop session here, so it is kept for this session only.")});
    } else if (place == SecretPlace::Keyring) {
        auto* job = new QKeychain::WritePasswordJob(m_service);
        job->setTextData(secret);
        ask(job, connectionId, this, [this, connectionId, promise](QKeychain::Job& ended) {
            if (ended.error())
                return promise->finish(KeptSecret{SecretPlace::Session, whyNotKept(ended)});
            forgetHere(connectionId);
            promise->finish(KeptSecret{SecretPlace::Keyring, {}});
        });
    } else if (!hasSessionBus()) {
        promise->finish(KeptSecret{SecretPlace::Session, {}});
    } else {
        // one that the keyring has from before would come back with the next start
        ask(new QKeychain::DeletePasswordJob(m_service), connectionId, this, [promise](QKeychain::Job&) {
            promise->finish(KeptSecret{SecretPlace::Session, {}});
        });
    }
    return pending;
}

core::Pending<bool> SecretStore::remove(const QString& connectionId)
{
    const auto promise = promised<bool>();
    const auto pending = promise->pending();
    const bool wasHere = m_session.contains(connectionId);
    forgetHere(connectionId);
    if (!hasSessionBus()) {
        promise->finish(wasHere);
        return pending;
    }
    ask(new QKeychain::DeletePasswordJob(m_service), connectionId, this, [promise, wasHere](QKeychain::Job& job) {
        if (!job.error())
            promise->finish(true);
        else if (isMissing(job) || wasHere)
            promise->finish(wasHere);
        else
            promise->finish(failure(ErrorKind::Unavailable, u"secret_not_removed"_s, u"The desktop's keyring does not answer"_s, {},
                                    job.errorString()));
    });
    return pending;
}

}
