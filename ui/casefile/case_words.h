// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/models.h"
#include "ui/base/note_box.h"
#include "ui/session/connection_profile.h"

namespace ui {

/// Told by its name only: what a person drops or opens is looked at by the core.
[[nodiscard]] bool isCaseName(const QString& path);
/// The connection on a case file: never written, no worker, its files come out of it.
[[nodiscard]] ConnectionProfile caseProfile(const QString& path);
[[nodiscard]] bool isCaseProfile(const ConnectionProfile& profile);
/// "silence-detect-0199a1b2.sbcase".
[[nodiscard]] QString suggestedCaseName(const core::jobs::JobSummary& job);

/// "It can be run again from this file.", or why not.
[[nodiscard]] QString rerunSentence(const core::casefile::Rerun& rerun);
/// What masking changed, by field: "webhook_deliveries.headers", "in 12 rows".
[[nodiscard]] QList<Note> maskedNotes(const QList<core::casefile::MaskedField>& masked);
[[nodiscard]] QString maskedTitle(const QList<core::casefile::MaskedField>& masked);
/// What stays as it was: machines, paths, verdicts.
[[nodiscard]] QString keptSentence(const QStringList& hosts);
/// Whether its rows are those that were put in.
[[nodiscard]] QString checkedSentence(const core::casefile::CaseSummary& summary);
/// How many jobs of its lineage it does not hold, or empty.
[[nodiscard]] QString leftOutSentence(const core::casefile::CaseSummary& summary);
/// "Input file", else the stored word of the artifact.
[[nodiscard]] QString fileKindText(const QString& kind);
/// Why it is not in, or empty.
[[nodiscard]] QString leftOutText(core::casefile::FileState state);

}
