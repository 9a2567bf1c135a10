// SPDX-License-Identifier: Apache-2.0
#include "core/backend/server_check.h"

#include "core/database/migrations.h"
#include "core/database/server_facts.h"
#include "core/database/store_url.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QHostInfo>
#include <QTcpSocket>

#include <algorithm>

namespace core::backend {

using namespace Qt::StringLiterals;
using database::ServerFacts;
using database::StoreUrl;
using Kind = ServerStage::Kind;

namespace {

constexpr int reachMs = 5000;
constexpr int trips = 5;

class Clock {
public:
    Clock() { m_clock.start(); }
    [[nodiscard]] std::chrono::microseconds took() const { return std::chrono::microseconds(m_clock.nsecsElapsed() / 1000); }

private:
    QElapsedTimer m_clock;
};

ServerStage findName(const QString& host)
{
    const Clock clock;
    const QHostInfo found = QHostInfo::fromName(host);
    if (found.error() != QHostInfo::NoError)
        return {Kind::Name, false, u"%1: %2"_s.arg(host, found.errorString()), clock.took()};
    QStringList addresses;
    for (const QHostAddress& address : found.addresses())
        addresses << address.toString();
    return {Kind::Name, true, u"%1, %2"_s.arg(host, addresses.join(u", "_s)), clock.took()};
}

ServerStage reach(const QString& host, int port)
{
    QTcpSocket socket;
    const Clock clock;
    socket.connectToHost(host, static_cast<quint16>(port));
    if (!socket.waitForConnected(reachMs))
        return {Kind::Reached, false, u"port %1: %2"_s.arg(port).arg(socket.errorString()), clock.took()};
    return {Kind::Reached, true, u"port %1"_s.arg(port), clock.took()};
}

ServerStage reachSocket(const QString& folder, int port)
{
    const QString socket = u"%1/.s.PGSQL.%2"_s.arg(folder).arg(port);
    if (!QFileInfo::exists(socket))
        return {Kind::Reached, false, u"There is no socket %1: no server listens there"_s.arg(socket)};
    return {Kind::Reached, true, socket};
}

/// Before a session is tried; of a service file only the session tells.
QList<ServerStage> wayToServer(const StoreUrl& url)
{
    const QString host = url.host();
    if (host.isEmpty())
        return {};
    if (host.startsWith(u'/'))
        return {reachSocket(host, url.port())};
    if (!url.address().isEmpty())
        return {reach(url.address(), url.port())};
    QList<ServerStage> stages{findName(host)};
    if (stages.constLast().passed)
        stages << reach(host, url.port());
    return stages;
}

/// With the server's own words, which name what it did not like.
QString wordsOf(const Error& error)
{
    const QString own = error.detail.section(u'\n', 0, 0).trimmed();
    return own.isEmpty() ? error.message : u"%1 (%2)"_s.arg(error.message, own);
}

/// Which step an error of opening a session belongs to.
Kind stepOf(const Error& error)
{
    if (error.code == u"store_tls"_s)
        return Kind::Encrypted;
    if (error.code == u"store_unreachable"_s || error.code == u"store_starting"_s || error.code == u"store_busy"_s)
        return Kind::Reached;
    return Kind::LoggedIn;
}

ServerStage encryption(const ServerFacts& facts, bool isLocal)
{
    return {Kind::Encrypted, !facts.tls.isEmpty() || isLocal,
            !facts.tls.isEmpty() ? facts.tls
            : isLocal            ? u"not needed: the server is this machine"_s
                                 : u"The connection is not encrypted: the URL's sslmode allows it"_s};
}

ServerStage login(const ServerFacts& facts, std::chrono::microseconds took)
{
    return {Kind::LoggedIn, true,
            u"as %1 in the database %2, PostgreSQL %3%4"_s.arg(facts.user, facts.database, facts.version,
                                                               facts.isStandby ? u", a standby that only reads"_s : QString()),
            took};
}

ServerStage rights(const ServerFacts& facts)
{
    if (!facts.canRead)
        return {Kind::Rights, false, u"%1 may not read all tables: whoever owns them has to grant it"_s.arg(facts.user)};
    return {Kind::Rights, true,
            facts.canChange && !facts.isStandby ? u"%1 may read and change"_s.arg(facts.user) : u"%1 may only read"_s.arg(facts.user)};
}

ServerStage latency(database::Database& session)
{
    QList<std::chrono::microseconds> times;
    for (int trip = 0; trip < trips; ++trip) {
        const Clock clock;
        if (const auto answered = database::roundTrip(session); !answered)
            return {Kind::Latency, false, answered.error().message};
        times << clock.took();
    }
    std::sort(times.begin(), times.end());
    return {Kind::Latency, true, u"the median of %1"_s.arg(trips), times.at(trips / 2)};
}

}

Result<void> checkServerUrl(const QString& url)
{
    return StoreUrl::parse(url).map([](const StoreUrl&) {});
}

bool isSameDatabase(const QString& one, const QString& other)
{
    const auto first = StoreUrl::parse(one);
    const auto second = StoreUrl::parse(other);
    return first && second && first->isSameDatabaseAs(*second);
}

bool isSameLogin(const QString& one, const QString& other)
{
    const auto first = StoreUrl::parse(one);
    const auto second = StoreUrl::parse(other);
    return first && second && first->isSameLoginAs(*second);
}

bool wantsPassword(const Error& error)
{
    return error.code == u"store_login"_s && error.detail.contains("no password supplied"_L1);    // libpq's words, in English
}

QString shownUrl(const QString& url)
{
    return StoreUrl::shown(url);
}

QString serverName(const QString& url)
{
    const auto parsed = StoreUrl::parse(url);
    if (!parsed)
        return StoreUrl::shown(url);
    if (!parsed->service().isEmpty())
        return u"the service %1"_s.arg(parsed->service());
    return parsed->isLocal() ? u"this computer"_s : parsed->host();
}

QList<ServerStage> reachServer(const QString& url)
{
    const auto parsed = StoreUrl::parse(url);
    return parsed ? wayToServer(*parsed) : QList<ServerStage>{{Kind::Url, false, parsed.error().message}};
}

QList<ServerStage> checkServer(const QString& url, const QString& password)
{
    const auto parsed = StoreUrl::parse(url);
    if (!parsed)
        return {{Kind::Url, false, parsed.error().message}};
    QList<ServerStage> stages{{Kind::Url, true, StoreUrl::shown(url)}};
    stages << wayToServer(*parsed);
    if (!stages.constLast().passed)
        return stages;

    database::DatabaseOptions options;
    options.path = url;
    options.password = password;
    options.access = database::Access::ReadOnly;
    const Clock clock;
    const auto session = database::Database::open(options);
    if (!session)
        return stages << ServerStage{stepOf(session.error()), false, wordsOf(session.error()), clock.took()};
    const auto loginTook = clock.took();
    const auto facts = database::serverFacts(**session);
    if (!facts)
        return stages << ServerStage{Kind::LoggedIn, false, wordsOf(facts.error())};
    stages << encryption(*facts, parsed->isLocal());
    if (!stages.constLast().passed)
        return stages;
    stages << login(*facts, loginTook);
    if (facts->schemaVersion > 0)
        stages << rights(*facts);
    if (!stages.constLast().passed)
        return stages;
    const auto current = database::migrate(**session);    // of a read-only session: a look
    stages << ServerStage{Kind::Schema, current.has_value(),
                          current ? u"version %1, this program's"_s.arg(facts->schemaVersion) : current.error().message};
    if (!stages.constLast().passed)
        return stages;
    return stages << latency(**session);
}

}
