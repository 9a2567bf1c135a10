// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace core::base {

/// A part of a text, to be masked.
struct TextSpan {
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// The secret that begins there and tells itself by its form: whsec_, sk-, AKIA…, ghp_, xoxb-, a JWT and their like. `at` is where a word
/// begins.
[[nodiscard]] std::optional<TextSpan> tokenAt(QStringView text, qsizetype at);
/// Whether it is worth to ask.
[[nodiscard]] bool mayBeginToken(char16_t first);

/// The private key of a PEM block whose five dashes begin there, up to its end or that of the text.
[[nodiscard]] std::optional<TextSpan> privateKeyAt(QStringView text, qsizetype at);

/// Of an address: the password before its host, or what stands there alone and looks like a token. `at` is behind the "://".
[[nodiscard]] std::optional<TextSpan> userSecretAt(QStringView text, qsizetype at);

/// What follows the word "Bearer" or "Basic" and one or more spaces, if it is no ordinary word.
[[nodiscard]] std::optional<TextSpan> bearerAt(QStringView text, qsizetype at);
[[nodiscard]] std::optional<TextSpan> basicAt(QStringView text, qsizetype at);

}
