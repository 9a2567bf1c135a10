// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"

#include <QList>
#include <QStringList>

namespace core::casefile {

/// How the files are named; a case is told by its marker, not by this.
inline const QString caseSuffix = QStringLiteral(".sbcase");

/// Whether a file of the job is in the case, and if not, why.
enum class FileState {
    In,
    ByChoice,    ///< left out by who exported it
    Missing,     ///< it was not in the storage any more
    Secret,      ///< an input in which there is a secret: masked it would be another file
    TooLarge,    ///< a text too large to be looked through for secrets
};
[[nodiscard]] QString fileStateName(FileState state);    ///< "in", "by_choice", "missing", "secret", "too_large"
[[nodiscard]] FileState parseFileState(QStringView name);

/// A file of the case, by its storage key.
struct CaseFile {
    QString key;
    QString kind;    ///< "input", or the kind of the artifact that it is
    qint64 sizeBytes = 0;
    QString sha256;    ///< of the bytes in the case; empty where it is not in, or in a plan
    FileState state = FileState::In;
    bool isMasked = false;    ///< a text in which secrets were masked
    bool operator==(const CaseFile&) const = default;
};

/// A field that is not in the case as it was: "webhook_deliveries", the row's id, "headers".
struct MaskedField {
    QString table;
    QString row;
    QString column;
    bool operator==(const MaskedField&) const = default;
};

/// Why a job is in the case: it is the one; the one's input names it; it was asked for as a retry of it, or what it retries.
enum class JobRole { Subject, Needed, Lineage };
[[nodiscard]] QString jobRoleName(JobRole role);    ///< "subject", "needed", "lineage"
[[nodiscard]] JobRole parseJobRole(QStringView name);

struct CaseJob {
    JobId id;
    QString typeText;
    QString statusText;
    JobRole role = JobRole::Subject;
    bool operator==(const CaseJob&) const = default;
};

struct CaseCounts {
    qint64 events = 0;
    qint64 attempts = 0;
    qint64 deliveries = 0;
    qint64 artifacts = 0;
    qint64 transcriptions = 0;
    qint64 notifications = 0;
    bool operator==(const CaseCounts&) const = default;
};

/// Whether the job of a case could be run again from what is in it. `code` is empty where nothing is to be said; input_masked also where
/// it is possible: a new run then gets "[masked]" in the place of a secret.
struct Rerun {
    bool isPossible = true;
    QString code;       ///< input_left_out, input_missing, input_secret, input_masked, input_invalid, type_unknown, need_missing
    QString message;    ///< English
    bool operator==(const Rerun&) const = default;
};

/// What a case holds; of a plan, what it would hold.
struct CaseSummary {
    QString path;            ///< empty for a plan
    qint64 sizeBytes = 0;    ///< of the case itself; 0 for a plan
    Time exportedAt{};
    QString origin;    ///< the connection it came from
    jobs::JobSummary subject;
    QList<CaseJob> jobs;       ///< the subject first
    qint64 jobsLeftOut = 0;    ///< of its lineage or needs: a case takes a thousand jobs
    CaseCounts counts;
    QList<CaseFile> files;        ///< also those that are not in it
    QList<MaskedField> masked;    ///< everything that differs from what was stored
    Rerun rerun;
    QStringList hosts;    ///< the machines that the runs name; their paths stand in messages and logs as they were
    /// All rows are those that were put in. Of a plan, and of a case of an older version, there is nothing to compare them with.
    bool isChecked = false;

    /// Asked of a store: which of the jobs stand in it already.
    QList<JobId> alreadyHere;

    [[nodiscard]] qint64 bytesIn() const
    {
        qint64 bytes = 0;
        for (const CaseFile& file : files)
            bytes += file.state == FileState::In ? file.sizeBytes : 0;
        return bytes;
    }
    [[nodiscard]] bool isAllHere() const { return !jobs.isEmpty() && alreadyHere.size() == jobs.size(); }
};

/// What goes into a case.
struct CaseRequest {
    JobId job;
    bool withLineage = false;            ///< also the jobs that it retries, and that retry it
    bool withInput = true;               ///< without its input file it cannot be run again elsewhere
    std::optional<QStringList> kinds;    ///< kinds of artifacts whose files go in; absent: all
    bool mayReplace = false;             ///< another case file of that name; else Conflict file_exists
};

struct TakeHomeAnswer {
    JobId subject;
    QList<JobId> taken;
    QList<JobId> alreadyHere;
    QList<JobId> ended;    ///< of those taken: had not ended when the case was made, and are CANCELLED here, for nobody runs them
    qint64 files = 0;      ///< that were written; those that stood here already are not counted
    qint64 bytes = 0;
    Rerun rerun;    ///< with what is here now
};

}
