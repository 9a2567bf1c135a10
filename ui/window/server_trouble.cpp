// SPDX-License-Identifier: Apache-2.0
#include "ui/window/unreachable_page.h"

#include "core/backend/server_check.h"

#include <QCoreApplication>

namespace ui {

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("ui::UnreachablePage", text);
}

}

StoreTrouble serverTroubleOf(const core::Error& error, const QString& store)
{
    const QString server = core::backend::serverName(store);
    const auto is = [&](const char* code) { return error.code == QLatin1StringView(code); };
    if (is("store_unreachable"))
        return {say("The server cannot be reached"), say("PostgreSQL on %1 does not answer.").arg(server),
                say("Look whether the address is right, the server runs, and nothing on the way holds the connection up. Your filters, "
                    "selection and tabs are kept until it answers.")};
    if (is("store_gone") || is("store_silent"))
        return {say("The server has stopped answering"), say("The connection to PostgreSQL on %1 was there and is gone.").arg(server),
                say("It is tried again by itself. What was asked for and not answered was not done, or stands in the journal.")};
    if (is("store_starting"))
        return {say("The server is starting or stopping"), say("PostgreSQL on %1 answers, but takes no sessions yet.").arg(server),
                say("Wait a moment. If it stays so, ask whoever runs the server.")};
    if (is("store_busy"))
        return {say("The server has no free connection"),
                say("PostgreSQL on %1 answers, but all of its connection slots are taken. Nothing on this computer is wrong.").arg(server),
                say("Ask whoever runs the server to free a slot or raise its limit. Signalbox keeps six connections at most, two more with "
                    "workers, and opens one for each of five kinds of rare work, for as long as that takes.")};
    if (is("store_login"))
        return {say("The login was refused"), say("PostgreSQL on %1 does not take this user with this password.").arg(server),
                say("Type the password in the connection, then save and open it. It is not tried again by itself, so that no account gets "
                    "locked.")};
    if (is("store_tls"))
        return {say("The encrypted connection was refused"), error.message + QLatin1Char('.'),
                say("Ask whoever runs the server for a certificate of its name that is in date. One of an authority of your own is known "
                    "here once "
                    "sslrootcert in the address says the file of its certificate. sslmode in the address can lower what is checked; then "
                    "nobody "
                    "knows who answers.")};
    if (is("store_rights"))
        return {
            say("The user lacks rights"), say("PostgreSQL on %1 took the login, but does not let this user read the tables.").arg(server),
            say("Ask for the right to read all tables of the schema; for acts also to insert, update and delete, and to use the sequence "
                "job_event_numbers. The help of the connections has the statements.")};
    if (is("store_missing"))
        return {say("There is no such database"),
                say("PostgreSQL on %1 is there, but not the database that the address names.").arg(server),
                say("Look at the name in the address.")};
    if (is("store_newer"))
        return {say("The store is from a newer version"),
                say("A newer Signalbox brought the schema on %1 up. This one leaves it as it is.").arg(server),
                say("Install the newer version. Nothing was changed.")};
    if (is("store_old"))
        return {say("The store's schema is older, or not there yet"), error.message,
                say("The console never changes the schema of a server by itself. Whoever is responsible for it runs the command.")};
    if (is("store_foreign"))
        return {say("The database is no Signalbox store"),
                say("The database on %1 holds tables of another program. Nothing was written to it.").arg(server),
                say("Choose another database in the address, or give Signalbox a schema of its own.")};
    return {say("The store cannot be opened"), error.message, say("Your filters, selection and tabs are kept until it answers.")};
}

}
