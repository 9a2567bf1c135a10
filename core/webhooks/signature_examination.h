// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/webhooks/signature_forensics.h"

namespace core::webhooks {

/// A body over this size is tried as it came, and not also written again in other ways.
inline constexpr qsizetype largestRewritten = 1'000'000;

/// What a signature is examined with.
struct Examination {
    std::optional<QByteArray> secret;    ///< the webhook's own; none: the store's key is not at hand
    QList<CandidateSecret> others;
    CancelToken cancel;    ///< heard within a megabyte of what is recomputed
};

/// As examineSignature() of signature_forensics.h, which has the secret and cannot be stopped. Without the secret the verdict is the one of
/// when it was received, nothing is expected, and only what needs no key is judged: a typed secret, the headers, the clock. The same where
/// the signature is masked, as in a case file. Cancelled.
[[nodiscard]] Result<SignatureReport> examineSignature(const Delivery& delivery, const Examination& with);

}
