// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/pending.h"
#include "core/keyring/keyring.h"

#include <QHash>
#include <QObject>

namespace ui {

/// Where the secret of a connection is kept. Never in a file of ours.
enum class SecretPlace {
    Keyring,    ///< the desktop's keyring (Secret Service): until it is removed
    Session     ///< the memory of this program: until it ends
};

struct KnownSecret {
    QString secret;
    SecretPlace place = SecretPlace::Session;
};

/// Where a secret went. With a `why` it is not where it was wanted.
struct KeptSecret {
    SecretPlace place = SecretPlace::Session;
    QString why;    ///< a sentence for a person
};

/// The secrets of connections (passwords, tokens), by the connection's id. Asks the keyring without waiting; its own questions to a
/// person (unlock it?) are the desktop's.
class SecretStore final : public QObject {
    Q_OBJECT

public:
    /// `service`: the name that the secrets stand under in the keyring.
    explicit SecretStore(QString service = core::keyring::ownService, QObject* parent = nullptr);
    ~SecretStore() override;

    /// None is kept: an empty optional. Unavailable secret_unreadable if there is a keyring that does not say.
    [[nodiscard]] core::Pending<std::optional<KnownSecret>> read(const QString& connectionId);
    /// Takes the place of the one before. What the keyring does not take is kept for this session, and the answer says why.
    [[nodiscard]] core::Pending<KeptSecret> write(const QString& connectionId, const QString& secret, SecretPlace place);
    /// From everywhere; false if it is known that there was none. Unavailable secret_not_removed if the keyring keeps it.
    [[nodiscard]] core::Pending<bool> remove(const QString& connectionId);

private:
    void keepHere(const QString& connectionId, const QString& secret);
    void forgetHere(const QString& connectionId);

    QString m_service;
    QHash<QString, QString> m_session;
};

}
