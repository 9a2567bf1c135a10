// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QByteArray>

#include <chrono>
#include <memory>

struct pg_conn;

namespace core::database::postgres {

/// How seldom a refused login is tried again by what works in the background: servers lock accounts for less.
constexpr std::chrono::minutes afterRefusedLogin{5};

using Session = std::unique_ptr<pg_conn, void (*)(pg_conn*)>;

/// A session of libpq's own, made in at most about that time. Not CONNECTION_OK: refused, with the SQLSTATE in its words; or not answered.
[[nodiscard]] Session openSession(const QByteArray& conninfo, std::chrono::milliseconds patience);

/// What libpq's `words` for a session that was not made mean. They carry no SQLSTATE but for those of openSession(); without it they are
/// understood where the server speaks English.
[[nodiscard]] Error refusalOf(const QString& words);
/// The same; where a server said what is not understood it is asked once more, in a way that is.
[[nodiscard]] Error refusalOf(const QString& words, const QByteArray& conninfo);

}
