// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_store.h"

#include "core/base/ids.h"
#include "core/base/overloaded.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QUrl>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace test_support {

namespace {

QString serverUrl()
{
    const QFileInfo socket(qEnvironmentVariable("SIGNALBOX_TEST_POSTGRES") + u"/socket"_s);
    return u"postgres:///postgres?user=postgres&host="_s + socket.symLinkTarget();
}

void runOnServer(const QString& statement)
{
    core::database::DatabaseOptions options;
    options.path = serverUrl();
    const auto server = core::database::Database::open(options);
    if (!server)
        qFatal("%s %s", qUtf8Printable(server.error().message), qUtf8Printable(server.error().detail));
    if (const auto done = (*server)->exec(statement.toUtf8().constData()); !done)
        qFatal("%s: %s", qUtf8Printable(statement), qUtf8Printable(done.error().detail));
}

/// Keys of stores on servers are kept among a person's own data: a test's own.
const QString& dataHome()
{
    static const QTemporaryDir folder;
    static const QString path = [] {
        qputenv("XDG_DATA_HOME", folder.path().toUtf8());
        return folder.path();
    }();
    return path;
}

}

bool onPostgres()
{
    return qEnvironmentVariableIsSet("SIGNALBOX_TEST_POSTGRES");
}

TestStore::TestStore(const QString& folder, bool onServer)
{
    if (!onServer) {
        m_path = folder + u"/store.sqlite"_s;
        return;
    }
    (void)dataHome();
    m_name = u"test_"_s + core::newUuidV7().remove(u'-');
    runOnServer(u"CREATE SCHEMA %1"_s.arg(m_name));
    m_path = serverUrl() + u"&options=-csearch_path%3D"_s + m_name;
}

TestStore::~TestStore()
{
    if (!m_name.isEmpty())
        runOnServer(u"DROP SCHEMA %1 CASCADE"_s.arg(m_name));
}

QString TestStore::keyPath() const
{
    if (m_name.isEmpty())
        return m_path + u".key"_s;
    const QByteArray place = QUrl(m_path).toString(QUrl::RemoveUserInfo).toUtf8();
    const QByteArray name = QCryptographicHash::hash(place, QCryptographicHash::Sha256).toHex().left(16);
    return dataHome() + u"/signalbox/keys/%1.key"_s.arg(QString::fromLatin1(name));
}

QString uuidOf(const QString& name)
{
    const QByteArray bytes = name.toUtf8();
    if (bytes.size() > 16)
        qFatal("%s is longer than a UUID", bytes.constData());
    return QUuid::fromRfc4122(bytes.leftJustified(16, '\0')).toString(QUuid::WithoutBraces);
}

namespace {

void bindColumn(core::database::Statement& statement, const QByteArray& place, const ColumnValue& value)
{
    const char* name = place.constData();
    std::visit(core::base::Overloaded{[&](std::nullptr_t) { statement.bindNull(name); },
                                      [&](qint64 number) { statement.bind(name, number); },
                                      [&](const QString& text) { statement.bind(name, text); },
                                      [&](const QByteArray& bytes) { statement.bindBlob(name, bytes); }},
               value);
}

void orDie(const core::Result<void>& done, const QByteArray& table)
{
    if (!done)
        qFatal("Rows of %s: %s %s", table.constData(), qUtf8Printable(done.error().message), qUtf8Printable(done.error().detail));
}

}

void insertRow(core::database::Database& database, const QByteArray& table, const QList<Column>& columns)
{
    QByteArrayList names;
    QByteArrayList places;
    for (const Column& column : columns) {
        names += column.name;
        places += QByteArray(":") + column.name;
    }
    auto insert = database.prepare("INSERT INTO " + table + " (" + names.join(", ") + ") VALUES (" + places.join(", ") + ")",
                                   core::database::Path::Hot);
    for (qsizetype i = 0; i < columns.size(); ++i)
        bindColumn(insert, places.at(i), columns.at(i).value);
    orDie(insert.exec(), table);
}

void updateRows(core::database::Database& database, const QByteArray& table, const QList<Column>& columns, const QList<Column>& where)
{
    QByteArrayList set;
    for (const Column& column : columns)
        set += QByteArray(column.name) + " = :" + column.name;
    QByteArrayList conditions;
    for (const Column& column : where)
        conditions += QByteArray(column.name) + " = :where_" + column.name;
    auto update =
        database.prepare("UPDATE " + table + " SET " + set.join(", ") + " WHERE " + conditions.join(" AND "), core::database::Path::Hot);
    for (const Column& column : columns)
        bindColumn(update, QByteArray(":") + column.name, column.value);
    for (const Column& column : where)
        bindColumn(update, QByteArray(":where_") + column.name, column.value);
    orDie(update.exec(), table);
}

}
