// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QList>
#include <QString>

class QSqlDatabase;

namespace core::database {

struct DatabaseOptions;

/// Where a store on a Postgres server is: postgres://[user@][host][:port]/database[?option=value...], with the options of libpq
/// (section 34.1.2 of the server's manual): service, sslmode, sslrootcert, host for a socket's folder, ...
/// A password has no place in it: URLs are shown, kept and stand in process lists.
class StoreUrl {
public:
    /// Whether a text that names a store is such a URL and not the path of a file.
    [[nodiscard]] static bool isUrl(const QString& text);
    /// Errors: store_url (Invalid), store_url_password (Invalid).
    [[nodiscard]] static Result<StoreUrl> parse(const QString& text);
    /// As a person may see it: whatever it was, a password is not in it. For any text that names a store.
    [[nodiscard]] static QString shown(const QString& text);

    /// The server's name or address, or a socket's folder; empty: a service says it, or it is this machine's own socket. What the URL leaves open
    /// libpq takes from its environment (section 34.15 of the manual), and so do these: PGHOST, PGHOSTADDR, PGPORT, PGSERVICE.
    [[nodiscard]] QString host() const;
    /// Where the server is by its number, if that is said (hostaddr): then no name is looked up.
    [[nodiscard]] QString address() const;
    [[nodiscard]] int port() const;
    [[nodiscard]] QString service() const;
    /// The same database of the same server, whoever logs in and with whatever options. The names of this machine's own server are one name; a
    /// service is compared by its own, as only libpq reads what it stands for.
    [[nodiscard]] bool isSameDatabaseAs(const StoreUrl& other) const;
    /// That, for the same user.
    [[nodiscard]] bool isSameLoginAs(const StoreUrl& other) const;
    /// Whether the server is this machine by its name: a socket, localhost or a loopback address. Not for a service that no file here names.
    [[nodiscard]] bool isLocal() const;
    /// Sets all of a session that is not open yet. Hosts that are not local get TLS with their certificate checked (verify-full),
    /// unless the URL says otherwise, or its service.
    void configure(QSqlDatabase& connection, const DatabaseOptions& options) const;
    /// The options as one text of libpq, for connections of its own; with the password.
    [[nodiscard]] QByteArray conninfo(const DatabaseOptions& options) const;

private:
    struct Option {
        QString key;
        QString value;
    };
    [[nodiscard]] QString option(const QString& key) const;
    [[nodiscard]] QStringList place() const;
    [[nodiscard]] QList<Option> all(const DatabaseOptions& options) const;

    QList<Option> m_options;
};

}
