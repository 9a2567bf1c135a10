// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace core::base {

// Which names tell a secret. The one list of words that documents, headers, options and running text are looked at with.

/// What stands under a name.
enum class Naming {
    Ordinary,      ///< anything: "file_key", "max_tokens", "keyframe_interval"
    Ambiguous,     ///< a secret where the value looks like one: "pass" may be a password and the second run of an encoder
    SecretPath,    ///< a secret unless the value is a path: "pwd"
    Secret,        ///< whatever it is: "password", "api_key", "X-Auth-Token"
};

/// Of a key, a header or an option, however its words are parted: "apiKey", "API_KEY", "X-Api-Key", "--api-key".
[[nodiscard]] Naming namingOf(QStringView name);

/// Whether the value under that name is to be masked. What says only that there is one or none ("true", "missing", "[masked]") is not.
[[nodiscard]] bool isSecretValue(Naming naming, QStringView value);

/// Names of headers that carry words after the secret's kind ("Bearer abc"), and of those that carry a list of pairs.
[[nodiscard]] bool namesAuthorization(QStringView name);
[[nodiscard]] bool namesCookies(QStringView name);
/// Names that people choose words for: "password", "passphrase".
[[nodiscard]] bool namesPassword(QStringView name);

/// Whether the value looks made by a machine: letters and digits, or capitals in the middle; no word, number, path or address.
[[nodiscard]] bool looksOpaque(QStringView value);

}
