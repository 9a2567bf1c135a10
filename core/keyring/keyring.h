// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/pending.h"

#include <functional>

namespace QKeychain {
class Job;
}

namespace core::keyring {

/// The name that secrets of Signalbox stand under in the desktop's keyring (Secret Service): those of the console, which signalboxctl reads.
inline const QString ownService = QStringLiteral("signalbox");

/// Starts a question to the keyring about the secret of a connection; `done` is called by the event loop of this thread, not after `context` has
/// gone. A plain file never stands in for a keyring that does not answer.
void ask(QKeychain::Job* job, const QString& connectionId, QObject* context, std::function<void(QKeychain::Job&)> done);

/// The secret of a connection, through the event loop of this thread. An empty optional where the keyring has none, and at once where there is no
/// desktop session. Unavailable secret_unreadable if there is a keyring that does not say.
[[nodiscard]] Pending<std::optional<QString>> readSecret(const QString& service, const QString& connectionId, QObject* context);

}
