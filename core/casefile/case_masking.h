// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/models.h"

#include <QByteArray>

namespace core::casefile {

/// How a column leaves the house. A case goes to people and machines that the store's owner does not know, so that here, other than in
/// the views of a store, every string of a document is masked as text as well: what a report said of an error stands in the body of its
/// delivery, too. core/base/secrets.h says what counts as a secret.
enum class Rule {
    Keep,        ///< ids, words, times, storage keys
    Drop,        ///< becomes null
    Text,        ///< text that we or a tool wrote; bytes that are no UTF-8 stay unless something is masked
    Document,    ///< JSON: values under keys that name a secret, arguments after such an option, and each string as text
    Headers,     ///< pairs of name and value: values of names that tell a secret or a signature, and each value as text
};

[[nodiscard]] QByteArray maskedBy(Rule rule, const QByteArray& bytes);

/// Whether the file is a text that a secret may stand in, by its name and type.
[[nodiscard]] bool isText(const QString& key, const QString& mimeType);
/// A text file's bytes: JSON as a document, else as text.
[[nodiscard]] QByteArray maskedContent(const QByteArray& bytes);

}
