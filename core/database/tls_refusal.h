// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

namespace core::database {

/// What came of an encrypted connection that libpq did not make, as a person can do something about it: which server, and what is wrong with which
/// certificate. `words` are libpq's own, in English; `host` is the address's name for the server, if it has one. The words do not say whether a
/// certificate has run out or nobody knows who signed it: then the server is asked for it once more, which takes some seconds at most. store_tls
/// (Forbidden); store_unreachable (Unavailable) where the connection just broke. `words` stand in the detail.
[[nodiscard]] Error tlsRefusal(const QString& words, const QString& host);

}
