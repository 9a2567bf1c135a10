// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/arguments.h"

#include <QByteArray>

namespace app {

/// The document with each "key=value" set, every other byte as it was. A value is JSON if it reads as JSON, else a string; a key that begins
/// with a slash is a JSON pointer. Malformed or Invalid with field "input" or the key.
[[nodiscard]] core::Result<QByteArray> withSettings(const QByteArray& document, const QStringList& settings);

/// What --input gives: its JSON, or the bytes of the file that @ names ("@-": standard input). None without the option.
[[nodiscard]] core::Result<std::optional<QByteArray>> inputOption(const Arguments& arguments);

/// The bytes of a file or, for "-", of standard input. NotFound, TooLarge over 64 MiB, or Unavailable, with this field.
[[nodiscard]] core::Result<QByteArray> readDocument(const QString& path, const QString& field);

}
