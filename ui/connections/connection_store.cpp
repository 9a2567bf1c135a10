// SPDX-License-Identifier: Apache-2.0
#include "ui/connections/connection_store.h"

#include "core/backend/direct_backend.h"
#include "core/backend/server_check.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::ErrorKind;
using core::failure;

namespace {

constexpr auto storeVariable = "SIGNALBOX_STORE";

QString dataFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/signalbox"_s;
}

QString environmentKey(Environment environment)
{
    return environmentWord(environment).toLower();
}

std::optional<Environment> environmentFrom(const QString& key)
{
    for (const auto each : {Environment::Embedded, Environment::Development, Environment::Staging, Environment::Production}) {
        if (environmentKey(each) == key)
            return each;
    }
    return {};
}

QString kindKey(ConnectionKind kind)
{
    switch (kind) {
    case ConnectionKind::Embedded: return u"embedded"_s;
    case ConnectionKind::Postgres: return u"postgres"_s;
    }
    Q_UNREACHABLE();
}

std::optional<ConnectionKind> kindFrom(const QString& key)
{
    for (const auto each : {ConnectionKind::Embedded, ConnectionKind::Postgres}) {
        if (kindKey(each) == key)
            return each;
    }
    return {};
}

QJsonObject toJson(const ConnectionProfile& profile)
{
    return {{u"id"_s, profile.id},
            {u"name"_s, profile.name},
            {u"kind"_s, kindKey(profile.kind)},
            {u"environment"_s, environmentKey(profile.environment)},
            {profile.kind == ConnectionKind::Postgres ? u"store_url"_s : u"store_path"_s, profile.storePath},
            {u"storage_path"_s, profile.storagePath},
            {u"read_only"_s, profile.readOnly},
            {u"worker_threads"_s, profile.workerThreads}};
}

std::optional<ConnectionProfile> fromJson(const QJsonObject& json)
{
    ConnectionProfile profile;
    profile.id = json.value(u"id"_s).toString();
    profile.name = json.value(u"name"_s).toString();
    const auto kind = kindFrom(json.value(u"kind"_s).toString());
    profile.kind = kind.value_or(ConnectionKind::Embedded);
    profile.storePath = json.value(profile.kind == ConnectionKind::Postgres ? u"store_url"_s : u"store_path"_s).toString();
    profile.storagePath = json.value(u"storage_path"_s).toString();
    // what cannot be read is taken for the more careful: production, read only
    profile.environment = environmentFrom(json.value(u"environment"_s).toString()).value_or(Environment::Production);
    profile.readOnly = json.value(u"read_only"_s).toBool(true);
    profile.workerThreads = std::clamp(json.value(u"worker_threads"_s).toInt(0), 0, 64);
    if (!kind || profile.id.isEmpty() || !checkProfile(profile))
        return {};
    return profile;
}

}

core::Result<void> checkProfile(const ConnectionProfile& profile)
{
    if (profile.name.trimmed().isEmpty())
        return failure(ErrorKind::Invalid, u"connection_name"_s, u"A connection needs a name"_s, u"name"_s);
    if (profile.kind == ConnectionKind::Postgres)
        return core::backend::checkServerUrl(profile.storePath);
    if (profile.storePath.isEmpty())
        return failure(ErrorKind::Invalid, u"connection_store"_s, u"A connection needs a store file"_s, u"store_path"_s);
    if (!QDir::isAbsolutePath(profile.storePath))
        return failure(ErrorKind::Invalid, u"connection_store"_s, u"The store's path must begin at the root"_s, u"store_path"_s);
    return {};
}

ConnectionStore::ConnectionStore(QString file, QObject* parent) : QObject(parent), m_file(std::move(file))
{
    read();
}

ConnectionProfile ConnectionStore::embeddedDefault()
{
    ConnectionProfile profile;
    profile.id = u"embedded"_s;
    profile.name = tr("My computer");
    const QString given = qEnvironmentVariable(storeVariable);
    const bool namesFile = !given.isEmpty() && !core::backend::isOnServer(given);
    profile.storePath = namesFile ? QFileInfo(given).absoluteFilePath() : dataFolder() + u"/store.db"_s;
    profile.storagePath = QFileInfo(profile.storePath).absolutePath() + u"/storage"_s;
    return profile;
}

ConnectionProfile ConnectionStore::carefulOnServer(const QString& url)
{
    ConnectionProfile profile;
    profile.name = core::backend::serverName(url);
    profile.kind = ConnectionKind::Postgres;
    profile.environment = Environment::Production;
    profile.storePath = core::backend::shownUrl(url);
    profile.storagePath = dataFolder() + u"/storage"_s;
    profile.readOnly = true;
    profile.workerThreads = 0;
    return profile;
}

void ConnectionStore::read()
{
    m_profiles.clear();
    m_trouble.clear();
    QFile file(m_file);
    if (file.exists()) {
        if (!file.open(QIODevice::ReadOnly)) {
            m_trouble = tr("%1 cannot be read: %2").arg(m_file, file.errorString());
        } else {
            QJsonParseError error{};
            const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
            if (!document.isArray())
                m_trouble = tr("%1 is no list of connections: %2").arg(m_file, error.errorString());
            const QJsonArray list = document.array();
            for (const QJsonValue& each : list) {
                if (auto profile = fromJson(each.toObject()))
                    m_profiles << std::move(*profile);
                else
                    m_trouble = tr("%1 holds a connection that this version cannot read").arg(m_file);
            }
        }
    }
    if (!m_profiles.isEmpty())
        return;
    if (const QString given = qEnvironmentVariable(storeVariable); core::backend::isOnServer(given)) {
        m_profiles << carefulOnServer(given);
        m_profiles.last().id = u"environment"_s;
    }
    m_profiles << embeddedDefault();
}

std::optional<ConnectionProfile> ConnectionStore::find(const QString& id) const
{
    for (const ConnectionProfile& profile : m_profiles) {
        if (profile.id == id)
            return profile;
    }
    return {};
}

core::Result<void> ConnectionStore::save(const ConnectionProfile& profile)
{
    if (auto checked = checkProfile(profile); !checked)
        return checked;
    QList<ConnectionProfile> next = m_profiles;
    const auto former = std::find_if(next.begin(), next.end(), [&](const ConnectionProfile& each) { return each.id == profile.id; });
    if (former != next.end())
        *former = profile;
    else
        next << profile;
    return write(next);
}

core::Result<void> ConnectionStore::remove(const QString& id)
{
    QList<ConnectionProfile> next = m_profiles;
    next.removeIf([&](const ConnectionProfile& each) { return each.id == id; });
    if (next.isEmpty())
        return failure(ErrorKind::Conflict, u"last_connection"_s, u"The last connection stays"_s);
    return write(next);
}

core::Result<void> ConnectionStore::write(const QList<ConnectionProfile>& profiles)
{
    if (!m_trouble.isEmpty())
        return failure(ErrorKind::Conflict, u"connections_unreadable"_s, m_trouble + tr(". It is left as it is; nothing was saved"));
    QJsonArray list;
    for (const ConnectionProfile& profile : profiles) {
        if (checkProfile(profile))    // what the environment says may be anything
            list << toJson(profile);
    }
    QDir().mkpath(QFileInfo(m_file).absolutePath());
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(list).toJson()) < 0 || !file.commit())
        return failure(ErrorKind::Unavailable, u"connections_not_saved"_s, u"%1 cannot be written: %2"_s.arg(m_file, file.errorString()));
    m_profiles = profiles;
    emit changed();
    return {};
}

}
