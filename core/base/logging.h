// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace core::base {

/// The text with everything that looks like a secret replaced by "[masked]": bearer and basic tokens, whsec_ secrets, passwords in
/// addresses (redis://user:pass@host), values of keys such as password, token, secret, api_key, authorization.
[[nodiscard]] QString maskSecrets(const QString& text);

/// Sends Qt's log through maskSecrets() to standard error, one line a message: time, level, text. Control characters are escaped, so
/// that foreign text cannot forge a line. Messages below `warning` only when `verbose`.
void installLogging(bool verbose);

}
