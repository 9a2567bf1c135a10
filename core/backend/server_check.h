// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QList>
#include <QString>

#include <chrono>

namespace core::backend {

/// One step on the way to a store on a server. The first that fails is the last.
struct ServerStage {
    enum class Kind { Url, Name, Reached, Encrypted, LoggedIn, Schema, Rights, Latency };
    Kind kind = Kind::Url;
    bool passed = false;
    QString detail;                        ///< English; what was found, or why not and what to do about it
    std::chrono::microseconds took{-1};    ///< below zero: not measured
};

/// What stands against a text as the URL of a store on a server. Errors: store_url, store_url_password (Invalid).
[[nodiscard]] Result<void> checkServerUrl(const QString& url);

/// Whether a server was not entered only because it asks for a password and none was found: another way to one may be tried.
[[nodiscard]] bool wantsPassword(const Error& error);

/// Whether two URLs lead to the same database of the same server, whoever logs in and with whatever options: also to another schema of it. The names
/// of this machine are one name; a service is compared by its own, as only libpq reads what it stands for. False for what is no such URL.
[[nodiscard]] bool isSameDatabase(const QString& one, const QString& other);
/// That, for the same user.
[[nodiscard]] bool isSameLogin(const QString& one, const QString& other);

/// A URL as it may be shown and kept: without a password. Any other text as it is.
[[nodiscard]] QString shownUrl(const QString& url);

/// How a sentence names the server of a URL: its host, "this computer", or the service that says it. For any text.
[[nodiscard]] QString serverName(const QString& url);

/// The first steps alone: whether the server's name is known and somebody answers there. No session is tried, so that nothing counts as a
/// failed login. Empty where only a service file says the server's name.
[[nodiscard]] QList<ServerStage> reachServer(const QString& url);

/// Goes the whole way to the store that a URL names, step by step, for reading only: changes nothing, makes nothing. Blocks for some seconds at most
/// for each step.
[[nodiscard]] QList<ServerStage> checkServer(const QString& url, const QString& password);

}
