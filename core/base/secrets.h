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

/// The text with everything that looks like a secret replaced by "[masked]": what tells itself by its form (whsec_, sk-, ghp_, AKIA…, a
/// JWT, a private key), what follows "Bearer" and "Basic", passwords in addresses (redis://user:pass@host), and values of names that tell
/// a secret, however they are written: "name: x", name=x, "name":"x", --name x, <name>x</name>, name: … and value: … beside each other.
/// Masking what is masked changes nothing. One pass, for texts of any size.
[[nodiscard]] QString maskSecrets(const QString& text);

/// The same over the bytes of a text, in UTF-8, UTF-16 or eight bits; what is not masked keeps its bytes.
[[nodiscard]] QByteArray maskedTextBytes(const QByteArray& bytes);

/// Whether a key, a header or an option of that name holds a secret: "api_key", "X-Api-Key", "accessToken", "Set-Cookie". The words are
/// those of maskSecrets() (core/base/secret_names.h).
[[nodiscard]] bool namesSecret(QStringView name);
/// Also a header with a signature: it proves who knew a secret, is of no use to anybody else, and not theirs to have.
[[nodiscard]] bool namesSecretOrSignature(QStringView name);

/// The document with the value of each key that names a secret replaced by "[masked]", whatever it is but null, true and false; every other
/// byte stays. So is a value beside a name that tells a secret. Lines of JSON are documents; what is none comes back masked as text.
[[nodiscard]] QByteArray maskedDocument(const QByteArray& json);

/// What maskedDocument() would leave of these bytes of the document: for a copy of a part of it. A part of a value that is masked
/// becomes "[masked]" whole. `from` and `size` lie inside the document.
[[nodiscard]] QByteArray maskedPart(const QByteArray& json, qsizetype from, qsizetype size);

/// For documents that leave the house, and command lines as attempts keep them (JSON): as maskedDocument(), and each string and each key
/// masked as text, what follows an option that names a secret, and the second of two strings whose first names one.
[[nodiscard]] QByteArray maskedCommands(const QByteArray& json);

}
