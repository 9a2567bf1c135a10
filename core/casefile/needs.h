// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/repository.h"
#include "core/files/storage.h"

namespace core::casefile {

/// What a job's input names besides itself: without these it cannot be run.
struct Needs {
    QString filePath;                                  ///< storage key; empty where the input cannot be read
    std::optional<JobId> detectJob{};                  ///< SILENCE_APPLY
    std::optional<TranscriptionId> transcription{};    ///< CAPTIONS_GENERATE
    std::optional<PresetId> preset{};                  ///< CAPTIONS_GENERATE; not a built-in one, which every program has
};
[[nodiscard]] Needs needsOf(JobType type, const QByteArray& input);

/// Whether the subject could be run again from this case alone. Of a plan: `rows` is the store, and what it needs is taken along.
[[nodiscard]] Result<Rerun> rerunOf(JobType type, const QByteArray& maskedInput, const QList<CaseFile>& files, bool isInputMasked,
                                    database::Database& rows);

/// The verdict where the files of this storage are at hand as well.
[[nodiscard]] Rerun withStorage(Rerun rerun, const QString& inputKey, const files::Storage& storage);

}
