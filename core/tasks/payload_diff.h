// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/jobs/job_type.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace core::tasks {

enum class DifferenceKind { Changed, Added, Removed };

/// One place where two payloads say different things.
struct Difference {
    DifferenceKind kind = DifferenceKind::Changed;
    QStringList path;         ///< "segments", "0:01.963 to 0:03.463", "end_ms": list elements are named by what they are
    QString beforePointer;    ///< JSON pointer in the one document; empty when Added
    QString afterPointer;     ///< in the other; empty when Removed
    QString before;           ///< the value as it is spelt, cut to `shownValueLength`; empty when Added
    QString after;
    bool operator==(const Difference&) const = default;
};
inline constexpr qsizetype shownValueLength = 200;

struct PayloadDiff {
    QList<Difference> differences;
    bool isCut = false;    ///< there are more than `most`
};

/// By meaning and not by text: keys in any order, 1000 is 1e3, white space is nothing. Silences, cues and words are matched where they
/// overlap in time, frames by their time, streams by their index, other lists by position; so one silence more is one difference, not
/// a shift of all that follow. Two objects' missing keys are Added or Removed whole.
/// Errors: Malformed `json_malformed` with field "before" or "after"; TooLarge `json_too_large` from 64 MiB on.
[[nodiscard]] Result<PayloadDiff> comparePayloads(const QByteArray& before, const QByteArray& after, qsizetype most = 2000);

/// The same over two inputs of one job type with defaults filled in: what is spelt out and what is left to the default are the same.
[[nodiscard]] Result<PayloadDiff> compareInputs(JobType type, const QByteArray& before, const QByteArray& after, qsizetype most = 2000);

}
