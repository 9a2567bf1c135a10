// SPDX-License-Identifier: Apache-2.0
#include "core/database/server_copy.h"

#include <QStringList>

namespace core::database {

namespace {

struct Column {
    QString name;
    bool isBytes = false;
};

Result<QList<Column>> columnsOf(Database& server, const char* table)
{
    auto query = server.prepare("SELECT column_name::text, data_type = 'bytea' FROM information_schema.columns "
                                "WHERE table_schema = current_schema() AND table_name = :table ORDER BY ordinal_position");
    query.bind(":table", QString::fromLatin1(table));
    return query.fetchAll([](Row& row) {
        Column column;
        column.name = row.string();
        column.isBytes = row.boolean();
        return column;
    });
}

}

Result<void> copyRows(Database& server, Database& store, const char* table, const char* where, const QByteArray& ids)
{
    const auto columns = columnsOf(server, table);
    if (!columns)
        return errorOf(columns);
    QStringList names;
    for (const Column& column : *columns)
        names += column.name;
    const QByteArray list = names.join(QStringLiteral(", ")).toLatin1();
    auto read = server.prepare(QByteArray("SELECT ") + list + " FROM " + table + " WHERE " + where);
    read.bindUtf8(":ids", ids);
    const QByteArray places = ":" + names.join(QStringLiteral(", :")).toLatin1();
    auto write = store.prepare(QByteArray("INSERT OR IGNORE INTO ") + table + " (" + list + ") VALUES (" + places + ")", Path::Hot);
    QByteArrayList binds;
    for (const QString& name : std::as_const(names))
        binds += ':' + name.toLatin1();
    for (;;) {
        const auto more = read.next();
        if (!more)
            return errorOf(more);
        if (!*more)
            return {};
        Row row = read.row();
        for (qsizetype i = 0; i < columns->size(); ++i) {
            const char* name = binds.at(i).constData();
            if (row.isNull()) {
                write.bindNull(name);
                row.skip();
            } else if (columns->at(i).isBytes) {
                write.bindBlob(name, row.bytes());
            } else {
                write.bindUtf8(name, row.bytes());    // numbers too: the column makes a number of the text
            }
        }
        if (const auto written = write.exec(); !written)
            return written;
        write.again();
    }
}

}
