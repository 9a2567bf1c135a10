// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/bare_store.h"

#include "tests/bench/figures.h"

#include <sqlite3.h>

namespace bench {

BareStore::BareStore(const QString& path)
{
    if (sqlite3_open_v2(path.toUtf8().constData(), &m_connection, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
        giveUp(QString::fromUtf8(sqlite3_errmsg(m_connection)));
    for (const char* pragma : {"PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-32768", "PRAGMA mmap_size=268435456"})
        exec(pragma);
}

BareStore::~BareStore()
{
    sqlite3_close(m_connection);
}

void BareStore::exec(const char* text)
{
    if (sqlite3_exec(m_connection, text, nullptr, nullptr, nullptr) != SQLITE_OK)
        giveUp(QString::fromUtf8(sqlite3_errmsg(m_connection)));
}

}
