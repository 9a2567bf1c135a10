// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"
#include "ui/window/unreachable_page.h"

#include <QCoreApplication>

namespace ui {

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("ui::UnreachablePage", text);
}

}

StoreTrouble troubleOf(const core::Error& error, const QString& storePath)
{
    if (core::backend::isOnServer(storePath))
        return serverTroubleOf(error, storePath);
    const auto is = [&](const char* code) { return error.code == QLatin1StringView(code); };
    if (is("store_newer"))
        return {say("The store is from a newer version"),
                say("A newer Signalbox wrote %1. This one does not know its tables and leaves it as it is.").arg(storePath),
                say("Install the newer version, or open another store. Nothing was changed.")};
    if (is("store_corrupt"))
        return {say("The store is damaged or is no store"),
                say("SQLite cannot read %1 as a database. Nothing was written to it.").arg(storePath),
                say("Put back a backup (files named like the store with .backup- in front of the version), or move the file away: an empty "
                    "store is made then.")};
    if (is("store_foreign"))
        return {say("The file is no Signalbox store"),
                say("%1 is an SQLite database of another program. Nothing was written to it.").arg(storePath),
                say("Choose another file in the connection.")};
    if (is("store_missing"))
        return {say("The store is not there"), say("There is no file %1, and a read-only connection makes none.").arg(storePath),
                say("Choose another file in the connection, or open it once for writing.")};
    if (is("store_is_folder"))
        return {say("The store is a folder"), say("%1 is a folder, not a file.").arg(storePath), say("Choose a file in the connection.")};
    if (is("store_old"))
        return {say("The store is from an older version"),
                say("%1 must be brought up to date first, which a read-only connection does not do.").arg(storePath),
                say("Open it once for writing: a backup is made before anything changes.")};
    if (is("store_locked"))
        return {say("The store is locked"), say("Another program holds %1 and does not let go of it.").arg(storePath),
                say("Wait, or end the program that writes to it. Nothing on this side is lost.")};
    if (is("store_read_only"))
        return {say("The store cannot be written"), say("%1 or its folder does not allow writing.").arg(storePath),
                say("Open it as a read-only connection, or let the file and its folder be written.")};
    if (is("store_io"))
        return {say("The store cannot be read"), say("The system does not let %1 be read or written.").arg(storePath),
                say("Look at who may read the file and its folder, and whether its disk is there and sound.")};
    if (is("disk_full"))
        return {say("The disk is full"), say("%1 cannot grow. What was stored before is intact.").arg(storePath),
                say("Make room on the disk. Signalbox goes on by itself.")};
    if (is("storage_folder"))
        return {say("The storage folder cannot be made"), error.message,
                say("Choose another folder in the connection, or let this one be written.")};
    return {say("The store cannot be opened"), error.message, say("Your filters, selection and tabs are kept until it answers.")};
}

}
