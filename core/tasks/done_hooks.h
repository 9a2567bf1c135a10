// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/files/models.h"
#include "core/files/storage.h"
#include "core/jobs/models.h"
#include "core/tasks/models.h"
#include "core/tasks/schemas.h"
#include "core/transcription/repository.h"

namespace core::tasks {

/// A file that a done hook needs. Written under `temporaryKey` while nothing is locked, renamed to its key by the hook: of two
/// reports that end one job at once, only the one that is applied gets its files under their names.
struct HookFile {
    files::File row;
    QString temporaryKey;    ///< empty: the worker has written the file itself
};

struct HookArtifact {
    QString kind;
    qsizetype file = -1;    ///< which of the plan's files; -1 for none
    std::optional<QByteArray> meta;
};

/// The rows of a job type's done hook, worked out before any lock.
struct HookPlan {
    QList<HookFile> files;
    QList<HookArtifact> artifacts;
    std::optional<transcription::TranscriptionRow> transcription;
};

struct HookContext {
    const files::Storage& storage;
    const jobs::Job& job;
    QString temporaryPrefix;    ///< makes names unique to this delivery
    bool dryRun = false;        ///< writes nothing
    Time now{};
    FactsByKey known = {};    ///< of files that need not be read again
};

/// The storage keys whose files planDoneHook() looks at: what the worker has written, of a probe its input.
[[nodiscard]] QStringList filesNamedBy(const OutputPayload& output, const jobs::Job& job);

/// The facts of every file that an output says its worker has written (or probed). A large one takes its time: this is for the thread
/// that ran the job. NotFound `output_missing`, Cancelled; what cannot be read just now is left out, for the hook to try again.
[[nodiscard]] Result<FactsByKey> factsOf(const OutputPayload& output, const jobs::Job& job, const files::Storage& storage,
                                         const CancelToken& cancel);

/// Reads what the output names and writes what it implies. Unavailable when a file cannot be read or written: it may later
/// (`output_missing`: it is not there). Invalid `output_invalid` with the field when the output names what is no file of this job: a key
/// outside its output folder.
[[nodiscard]] Result<HookPlan> planDoneHook(const OutputPayload& output, const HookContext& context);

/// Removes the temporaries of a plan that was not used.
void discard(const HookPlan& plan, const files::Storage& storage);

}
