// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_store.h"

#include "core/base/ids.h"
#include "core/database/database.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace test_support {

namespace {

QString serverUrl()
{
    const QFileInfo socket(qEnvironmentVariable("SIGNALBOX_TEST_POSTGRES") + u"/socket"_s);
    return u"postgres:///postgres?user=postgres&host="_s + socket.symLinkTarget();
}

void onServer(const QString& statement)
{
    core::database::DatabaseOptions options;
    options.path = serverUrl();
    const auto server = core::database::Database::open(options);
    if (!server)
        qFatal("%s %s", qUtf8Printable(server.error().message), qUtf8Printable(server.error().detail));
    if (const auto done = (*server)->exec(statement.toUtf8().constData()); !done)
        qFatal("%s: %s", qUtf8Printable(statement), qUtf8Printable(done.error().detail));
}

}

bool onPostgres()
{
    return qEnvironmentVariableIsSet("SIGNALBOX_TEST_POSTGRES");
}

TestStore::TestStore(const QString& folder)
{
    if (!onPostgres()) {
        m_path = folder + u"/store.sqlite"_s;
        return;
    }
    m_name = u"test_"_s + core::newUuidV7().remove(u'-');
    onServer(u"CREATE SCHEMA %1"_s.arg(m_name));
    m_path = serverUrl() + u"&options=-csearch_path%3D"_s + m_name;
}

TestStore::~TestStore()
{
    if (!m_name.isEmpty())
        onServer(u"DROP SCHEMA %1 CASCADE"_s.arg(m_name));
}

}
