// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace core::base {

// What is masked, and where. Text that we or a tool wrote about a job (messages, errors, logs, command lines, headers) is masked as it
// leaves the backend, by everything that looks like a secret. Payloads and the bodies of deliveries are documents of others: they are
// kept, replayed and shown raw byte for byte, because a diagnosis or a replay of altered bytes would be of something else. Where such a
// document leaves by another way than the raw view (a list, an export, a copy, the command line), only the values under keys that name
// a secret are masked: a transcript may well say "the token: seven" and nothing else in it is ours to judge.

/// The text with everything that looks like a secret replaced by "[masked]": bearer and basic tokens, whsec_ secrets, passwords in
/// addresses (redis://user:pass@host), values of keys such as password, token, secret, api_key, authorization.
[[nodiscard]] QString maskSecrets(const QString& text);

/// Whether a key, a header or an option of that name holds a secret: "api_key", "X-Api-Key", "accessToken", "Set-Cookie".
[[nodiscard]] bool namesSecret(QStringView name);

/// The document with the value of each key that names a secret replaced by "[masked]", whatever it is; every other byte stays. What is no
/// JSON comes back masked as text, if it is text.
[[nodiscard]] QByteArray maskedDocument(const QByteArray& json);

/// What maskedDocument() would leave of these bytes of the document: for a copy of a part of it. A part of a value that is masked
/// becomes "[masked]" whole. `from` and `size` lie inside the document.
[[nodiscard]] QByteArray maskedPart(const QByteArray& json, qsizetype from, qsizetype size);

/// Command lines as attempts keep them (JSON): each argument masked as text, and what follows an option that names a secret.
[[nodiscard]] QByteArray maskedCommands(const QByteArray& json);

}
