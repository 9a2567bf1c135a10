// SPDX-License-Identifier: Apache-2.0
#include "core/database/postgres_login.h"

#include "core/database/postgres_connection.h"

#include <QRegularExpression>

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>

namespace core::database::postgres {

using namespace Qt::StringLiterals;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds askingAgain{2000};

Error refusalInEnglish(const QString& message)
{
    struct Phrase {
        QLatin1StringView words;
        const char* state;
    };
    for (const Phrase& phrase : {Phrase{"password authentication failed"_L1, "28P01"}, Phrase{"no password supplied"_L1, "28P01"},
                                 Phrase{"pg_hba.conf"_L1, "28000"}, Phrase{"role \""_L1, "28000"}, Phrase{"is starting up"_L1, "57P03"},
                                 Phrase{"in recovery mode"_L1, "57P03"}, Phrase{"is not accepting connections"_L1, "57P03"},
                                 Phrase{"not yet accepting connections"_L1, "57P03"}, Phrase{"is shutting down"_L1, "57P03"},
                                 Phrase{"too many clients"_L1, "53300"}, Phrase{"remaining connection slots"_L1, "53300"}}) {
        if (message.contains(phrase.words))
            return postgresError(phrase.state, message);
    }
    if (message.contains("database \""_L1) && message.contains("does not exist"_L1))
        return postgresError("3D000", message);
    if (message.contains("certificate"_L1) || message.contains("SSL"_L1))
        return {ErrorKind::Forbidden, u"store_tls"_s, u"The encrypted connection was refused"_s, u"store"_s, message};
    return {ErrorKind::Unavailable, u"store_unreachable"_s, u"The server cannot be reached"_s, u"store"_s, message};
}

}

Session openSession(const QByteArray& conninfo, std::chrono::milliseconds patience)
{
    const auto end = SteadyClock::now() + patience;
    Session session(PQconnectStart(conninfo.constData()), PQfinish);
    if (!session || PQstatus(session.get()) == CONNECTION_BAD)
        return session;
    PQsetErrorVerbosity(session.get(), PQERRORS_VERBOSE);    // the only way to a refusal's SQLSTATE
    for (auto next = PGRES_POLLING_WRITING; next == PGRES_POLLING_READING || next == PGRES_POLLING_WRITING;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - SteadyClock::now()).count();
        pollfd socket{PQsocket(session.get()), static_cast<short>(next == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
        if (::poll(&socket, 1, static_cast<int>(std::max<qint64>(left, 0))) == 0)
            break;
        next = PQconnectPoll(session.get());
    }
    PQsetErrorVerbosity(session.get(), PQERRORS_DEFAULT);
    return session;
}

Error refusalOf(const QString& words)
{
    static const QRegularExpression verbose(u":  ([0-9A-Z]{5}): "_s);
    const auto state = verbose.match(words).captured(1).toLatin1();
    return state.isEmpty() ? refusalInEnglish(words) : postgresError(state, words);
}

Error refusalOf(const QString& words, const QByteArray& conninfo)
{
    const Error known = refusalOf(words);
    const bool isServersWord = words.contains(u":  "_s);    // "FATAL:  ...", whatever that is called there; what libpq says has no such gap
    if (known.code != u"store_unreachable"_s || !isServersWord)
        return known;
    const auto again = openSession(conninfo, askingAgain);
    if (!again || PQstatus(again.get()) == CONNECTION_OK)
        return known;
    return refusalOf(QString::fromUtf8(PQerrorMessage(again.get())).trimmed());
}

}
