// SPDX-License-Identifier: Apache-2.0
#include "core/database/store_url.h"

#include "core/database/database.h"
#include "core/database/service_file.h"

#include <QDir>
#include <QFileInfo>
#include <QHostAddress>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace core::database {

using namespace Qt::StringLiterals;

namespace {

// libpq 15 has no word for "the certificates of this system": without a file of the person's own, Debian's bundle is that.
constexpr QLatin1StringView systemCertificates("/etc/ssl/certs/ca-certificates.crt");

tl::unexpected<Error> refused(const QString& message)
{
    return failure(ErrorKind::Invalid, u"store_url"_s, message, u"store"_s);
}

/// As libpq wants a value in its list of options.
QString quoted(const QString& value)
{
    QString text;
    for (const QChar c : value) {
        if (c == u'\'' || c == u'\\')
            text += u'\\';
        text += c;
    }
    return u'\'' + text + u'\'';
}

bool isThisMachine(const QString& named)
{
    // libpq tries several in turn: one that is far makes them all far
    const QStringList hosts = named.split(u',');
    return std::all_of(hosts.begin(), hosts.end(), [](const QString& host) {
        return host.isEmpty() || host.startsWith(u'/') || host.startsWith(u'@') || host == u"localhost"_s ||
               QHostAddress(host).isLoopback();
    });
}

}

bool StoreUrl::isUrl(const QString& text)
{
    return text.startsWith(u"postgres://"_s) || text.startsWith(u"postgresql://"_s);
}

QString StoreUrl::shown(const QString& text)
{
    if (!isUrl(text))
        return text;
    static const QRegularExpression login(u"^([a-z]+://[^/@:]*):[^@/]*@"_s);
    static const QRegularExpression option(u"([?&](?:ssl)?password=)[^&]*"_s, QRegularExpression::CaseInsensitiveOption);
    QString safe = text;
    return safe.replace(login, u"\\1@"_s).replace(option, u"\\1…"_s);
}

Result<StoreUrl> StoreUrl::parse(const QString& text)
{
    if (text.contains(QChar(0)))
        return refused(u"The store's URL holds a NUL"_s);
    const QUrl url(text, QUrl::StrictMode);
    if (!isUrl(text) || !url.isValid())
        return refused(u"This is no URL of a store: postgres://user@host/database is one"_s);
    const QUrlQuery query(url);
    if (!url.password().isEmpty() || query.hasQueryItem(u"password"_s) || query.hasQueryItem(u"sslpassword"_s))
        return failure(ErrorKind::Invalid, u"store_url_password"_s,
                       u"A password has no place in a store's URL: put it into the connection's password field, a service or password "
                       "file, or PGPASSWORD"_s,
                       u"store"_s);
    StoreUrl parsed;
    const auto take = [&](const QString& key, const QString& value) {
        if (value.isEmpty())
            return;
        parsed.m_options.removeIf([&](const Option& option) { return option.key == key; });    // libpq, too, takes the last
        parsed.m_options.append({key, value});
    };
    take(u"host"_s, url.host(QUrl::FullyDecoded));
    take(u"port"_s, url.port() < 0 ? QString() : QString::number(url.port()));
    take(u"user"_s, url.userName(QUrl::FullyDecoded));
    take(u"dbname"_s, url.path(QUrl::FullyDecoded).mid(1));
    const auto items = query.queryItems(QUrl::FullyDecoded);
    for (const auto& [key, value] : items) {
        static const QRegularExpression plain(u"^[a-z_]+$"_s);
        if (!plain.match(key).hasMatch() || value.contains(u';'))    // Qt splits its options at semicolons
            return refused(u"The store's URL has an option that cannot be passed on: %1"_s.arg(key));
        take(key, value);
    }
    if (parsed.option(u"dbname"_s).isEmpty() && parsed.option(u"service"_s).isEmpty())
        return refused(u"The store's URL names no database: postgres://user@host/database"_s);
    return parsed;
}

QString StoreUrl::option(const QString& key) const
{
    for (const Option& option : m_options) {
        if (option.key == key)
            return option.value;
    }
    return {};
}

QString StoreUrl::service() const
{
    const QString given = option(u"service"_s);
    return given.isEmpty() && option(u"host"_s).isEmpty() && option(u"hostaddr"_s).isEmpty() ? qEnvironmentVariable("PGSERVICE") : given;
}

QString StoreUrl::host() const
{
    const QString given = option(u"host"_s);
    const bool isOpen = given.isEmpty() && option(u"hostaddr"_s).isEmpty() && service().isEmpty();
    return isOpen ? qEnvironmentVariable("PGHOST") : given;
}

QString StoreUrl::address() const
{
    const QString given = option(u"hostaddr"_s);
    const bool isOpen = given.isEmpty() && option(u"host"_s).isEmpty() && service().isEmpty();
    return isOpen ? qEnvironmentVariable("PGHOSTADDR") : given;
}

int StoreUrl::port() const
{
    const int given = option(u"port"_s).toInt();
    const int open = service().isEmpty() ? qEnvironmentVariableIntValue("PGPORT") : 0;
    return given > 0 ? given : open > 0 ? open : 5432;
}

/// Of this machine's own server no host at all, its usual sockets and its loopback addresses are one place.
QStringList StoreUrl::place() const
{
    static const QStringList sockets{u"/var/run/postgresql"_s, u"/run/postgresql"_s, u"/tmp"_s};
    QString host = this->host();
    QString address = this->address();
    if (service().isEmpty()) {
        host = host.toLower();
        while (host.size() > 1 && (host.endsWith(u'.') || host.endsWith(u'/')))
            host.chop(1);
        if (sockets.contains(host) || (isLocal() && !host.startsWith(u'/')))
            host = address = QString();
    }
    return {service(), host, address, QString::number(port()), option(u"dbname"_s)};
}

bool StoreUrl::isSameDatabaseAs(const StoreUrl& other) const
{
    return place() == other.place();
}

bool StoreUrl::isSameLoginAs(const StoreUrl& other) const
{
    return isSameDatabaseAs(other) && option(u"user"_s) == other.option(u"user"_s);
}

bool StoreUrl::isLocal() const
{
    if (service().isEmpty())
        return isThisMachine(host().isEmpty() ? address() : host());
    const auto says = serviceOptions(service());
    if (says.isEmpty())
        return false;
    const auto first = [](std::initializer_list<QString> values) {
        const auto* const found = std::find_if(values.begin(), values.end(), [](const QString& value) { return !value.isEmpty(); });
        return found == values.end() ? QString() : *found;
    };
    return isThisMachine(first({option(u"host"_s), says.value(u"host"_s), qEnvironmentVariable("PGHOST"), option(u"hostaddr"_s),
                                says.value(u"hostaddr"_s), qEnvironmentVariable("PGHOSTADDR")}));
}

QList<StoreUrl::Option> StoreUrl::all(const DatabaseOptions& options) const
{
    QList<Option> given = m_options;
    const auto unlessGiven = [&](const QString& key, const QString& value) {
        if (option(key).isEmpty())
            given.append({key, value});
    };
    if (!isLocal()) {
        const auto says = service().isEmpty() ? QHash<QString, QString>() : serviceOptions(service());
        if (!says.contains(u"sslmode"_s))
            unlessGiven(u"sslmode"_s, u"verify-full"_s);
        if (!says.contains(u"sslrootcert"_s) && QFileInfo::exists(systemCertificates) &&
            !QFileInfo::exists(QDir::homePath() + u"/.postgresql/root.crt"_s))
            unlessGiven(u"sslrootcert"_s, systemCertificates);
    }
    unlessGiven(u"application_name"_s, options.applicationName.isEmpty() ? u"signalbox"_s : options.applicationName);
    unlessGiven(u"connect_timeout"_s, u"5"_s);
    // A server that is gone without a word (a pulled cable) is noticed by the network itself, after 25 s at most.
    unlessGiven(u"keepalives_idle"_s, u"10"_s);
    unlessGiven(u"keepalives_interval"_s, u"5"_s);
    unlessGiven(u"keepalives_count"_s, u"3"_s);
    unlessGiven(u"tcp_user_timeout"_s, u"25000"_s);
    unlessGiven(u"client_encoding"_s, u"UTF8"_s);
    QString session = option(u"options"_s);
    if (options.access == Access::ReadOnly)
        session += u" -c default_transaction_read_only=on"_s;
    if (options.statementTimeout.count() > 0)
        session += u" -c statement_timeout=%1"_s.arg(options.statementTimeout.count());
    session += u" -c lock_timeout=%1 -c idle_in_transaction_session_timeout=60000"_s.arg(options.busyTimeout.count());
    session += u" -c client_min_messages=warning -c timezone=UTC -c intervalstyle=postgres"_s;    // last: they win over the URL's own
    given.removeIf([](const Option& option) { return option.key == u"options"_s; });
    given.append({u"options"_s, session.trimmed()});
    return given;
}

void StoreUrl::configure(QSqlDatabase& connection, const DatabaseOptions& options) const
{
    QStringList words;
    for (const Option& option : all(options))
        words += option.key + u'=' + quoted(option.value);
    // Host, user and database too: Qt's own setters would quote them otherwise than libpq reads them.
    connection.setConnectOptions(words.join(u';'));
    if (!options.password.isEmpty())
        connection.setPassword(options.password);
}

QByteArray StoreUrl::conninfo(const DatabaseOptions& options) const
{
    QStringList words;
    for (const Option& option : all(options))
        words += option.key + u'=' + quoted(option.value);
    if (!options.password.isEmpty())
        words += u"password="_s + quoted(options.password);
    return words.join(u' ').toUtf8();
}

}
