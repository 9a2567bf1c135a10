// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/webhooks/models.h"

#include <chrono>
#include <optional>

namespace core::webhooks {

/// What of a refused delivery does not fit. None: it verifies as it came. Unexplained: none of the usual mistakes makes it fit, so the
/// secret is another one or the bytes were changed on the way.
enum class Mismatch { None, Header, Bytes, Secret, Time, Unexplained };
[[nodiscard]] QString mismatchName(Mismatch mismatch);    ///< "bytes"

/// A key that the sender may have used by mistake. It never leaves the examination.
struct CandidateSecret {
    QString name;    ///< how the finding calls it: "the secret that was typed"
    QByteArray key;
};

/// One thing that was tried: the MAC computed over that content and compared with what came.
struct SignatureTrial {
    QString name;         ///< "body_compact", for tests and the command line
    QString sentence;     ///< "The body written again without spaces"
    Mismatch mismatch;    ///< what it would mean if it fits
    bool fits = false;
    bool operator==(const SignatureTrial&) const = default;
};

/// One of the three headers, or a sign of another scheme.
struct HeaderFinding {
    QString name;
    QString problem;    ///< empty: nothing is wrong with it
    bool operator==(const HeaderFinding&) const = default;
};

/// How a delivery's signature was made, as far as it can be told. Holds no secret and no whole signature that was not sent.
struct SignatureReport {
    Verdict verdict = Verdict::NotChecked;    ///< over the raw bytes, at the time it was received
    Mismatch mismatch = Mismatch::None;
    QString claim;     ///< one sentence: what does not fit
    QString advice;    ///< one sentence for whoever runs the sender; empty when nothing is wrong
    QList<HeaderFinding> headers;
    QList<SignatureTrial> trials;    ///< in the order tried; the raw bytes come first
    std::optional<Time> stampedAt;
    std::optional<std::chrono::seconds> age;    ///< received minus stamped; negative: stamped in the future
    QString expectedBeginning;                  ///< "v1,pmLZrTXz…": enough to compare by eye with a sender's log
    QString givenBeginning;
};

/// Recomputes over the raw bytes and over what senders sign by mistake: the body parsed and written again (compact, with spaces, sorted,
/// escaped), other line ends, a byte order mark; the secret's text instead of its bytes; a signature without id or stamp (other
/// providers' schemes). Facts: https://www.standardwebhooks.com; GitHub's and Stripe's own documentation for theirs.
[[nodiscard]] SignatureReport examineSignature(const QByteArray& secret, const Delivery& delivery,
                                               const QList<CandidateSecret>& others = {});

}
