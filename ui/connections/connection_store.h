// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "ui/session/connection_profile.h"

#include <QObject>

namespace ui {

/// The connections a person has, in one JSON file of the configuration folder. A file that cannot be read is kept as it is and said;
/// it is never written over.
class ConnectionStore final : public QObject {
    Q_OBJECT

public:
    explicit ConnectionStore(QString file, QObject* parent = nullptr);

    /// At least one: without a file, or with an empty one, the embedded store of this computer, and before it the server's store that
    /// SIGNALBOX_STORE names.
    [[nodiscard]] const QList<ConnectionProfile>& profiles() const { return m_profiles; }
    [[nodiscard]] std::optional<ConnectionProfile> find(const QString& id) const;
    /// Adds it, or replaces the one of the same id. Invalid with the field: name, store_path.
    [[nodiscard]] core::Result<void> save(const ConnectionProfile& profile);
    [[nodiscard]] core::Result<void> remove(const QString& id);
    /// Why the file could not be read; nothing is saved then.
    [[nodiscard]] const QString& trouble() const { return m_trouble; }

    /// The embedded store that a first start opens: under the data folder of the desktop, as signalboxctl's default.
    [[nodiscard]] static ConnectionProfile embeddedDefault();

    /// As a connection to a server begins: production, read only, without workers here. A password is not taken over from the URL.
    [[nodiscard]] static ConnectionProfile carefulOnServer(const QString& url);

signals:
    void changed();

private:
    void read();
    [[nodiscard]] core::Result<void> write(const QList<ConnectionProfile>& profiles);

    QString m_file;
    QList<ConnectionProfile> m_profiles;
    QString m_trouble;
};

/// What stands against saving a connection.
[[nodiscard]] core::Result<void> checkProfile(const ConnectionProfile& profile);

}
