// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tl/expected.hpp>

#include <QString>

namespace core::base {

/// What a caller can do about it. The router maps a kind to an HTTP status, the command line to an exit code.
enum class ErrorKind {
    Invalid,         ///< the request can never succeed as it is (422)
    Malformed,       ///< not even readable: no JSON, too deep (400)
    Unauthorized,    ///< signature or token missing or wrong (401)
    Forbidden,       ///< understood and refused: read-only, no right (403)
    NotFound,        ///< no such row or file (404)
    Conflict,        ///< the state it is in does not allow it (409)
    TooLarge,        ///< over a stated limit (413)
    Unavailable,     ///< not now: store locked or damaged, disk full; may succeed once that is mended (503)
    Cancelled,       ///< somebody asked for it to stop
    TimedOut,        ///< its time was up (504)
    Internal,        ///< our fault (500)
};

/// An error is a value: it crosses threads, and the type shows who must handle it.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString code;       ///< stable, snake_case: keys the console's translated text
    QString message;    ///< English, for logs and the command line; never holds a secret
    QString field;      ///< the input's key or JSON pointer, if one is to blame
    QString detail;     ///< longer text such as a tool's last lines; may be empty

    bool operator==(const Error&) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;

/// The error of a failed result, ready to be returned as another Result.
template <class T>
[[nodiscard]] tl::unexpected<Error> errorOf(const Result<T>& failed)
{
    return tl::make_unexpected(failed.error());
}

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorKind kind, const QString& code, const QString& message, const QString& field = {},
                                                   const QString& detail = {})
{
    return tl::make_unexpected(Error{kind, code, message, field, detail});
}

/// "invalid", "not_found", ...: the word shown beside the code.
[[nodiscard]] QString errorKindName(ErrorKind kind);

}

namespace core {
using base::Error;
using base::ErrorKind;
using base::errorOf;
using base::failure;
using base::Result;
}
