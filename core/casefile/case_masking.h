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
    Document,    ///< JSON: values under keys that name a secret, arguments after such an option, and each string and each key as text
    Headers,     ///< pairs of name and value: values of names that tell a secret or a signature, and each value as text
};

[[nodiscard]] QByteArray maskedBy(Rule rule, const QByteArray& bytes);

/// A text file's bytes: JSON and lines of JSON as documents, else as text in its own encoding.
[[nodiscard]] QByteArray maskedContent(const QByteArray& bytes);

}
