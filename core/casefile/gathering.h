// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/rows_repository.h"

#include <QSet>

namespace core::casefile {

/// The rows of a case on their way out of a store: found, masked, and handed on one by one. Also what comes with them: the jobs, the files
/// that they name, and what masking changed.
class Gathering {
public:
    using Sink = std::function<Result<void>(const CaseTable& table, const CaseRow& row)>;
    Gathering(database::Database& store, Sink sink) : m_store(store), m_rows(store), m_sink(std::move(sink)) {}

    /// In a read transaction of the caller's, so that all is of one moment. NotFound job_unknown.
    [[nodiscard]] Result<void> run(const CaseRequest& request);

    [[nodiscard]] const jobs::JobSummary& subject() const { return m_subject; }    ///< masked
    [[nodiscard]] const QByteArray& subjectInput() const { return m_subjectInput; }
    [[nodiscard]] bool isSubjectInputMasked() const { return m_isSubjectInputMasked; }
    [[nodiscard]] const QList<CaseJob>& jobs() const { return m_jobs; }
    [[nodiscard]] const QList<CaseFile>& files() const { return m_files; }    ///< by what was chosen; sizes not yet read
    [[nodiscard]] qint64 jobsLeftOut() const { return m_leftOut; }            ///< of a lineage longer than a case takes
    [[nodiscard]] const QList<MaskedField>& masked() const { return m_masked; }
    [[nodiscard]] const CaseCounts& counts() const { return m_counts; }
    [[nodiscard]] const QStringList& hosts() const { return m_hosts; }

private:
    [[nodiscard]] Result<void> chooseJobs(const CaseRequest& request);
    [[nodiscard]] Result<void> addJob(const JobId& id, JobRole role);
    [[nodiscard]] Result<void> addLineage(const JobId& id);
    [[nodiscard]] Result<void> addNeeded();
    [[nodiscard]] Result<void> rowsOf(const CaseJob& job, const CaseRequest& request);
    [[nodiscard]] Result<void> rowsItNeeds(const QByteArray& input, JobType type);
    [[nodiscard]] Result<void> pass(const CaseTable& table, CaseRow& row);
    void noteJob(const CaseRow& masked);
    void noteFile(const QString& key, const QString& kind, bool isChosen);

    database::Database& m_store;
    CaseRowsRepository m_rows;
    Sink m_sink;
    jobs::JobSummary m_subject;
    QByteArray m_subjectInput;
    bool m_isSubjectInputMasked = false;
    QList<CaseJob> m_jobs;
    QSet<QString> m_jobIds;    // those, and those that are left out
    QList<CaseFile> m_files;
    qint64 m_leftOut = 0;
    QSet<QString> m_passed;    // files and transcriptions that two jobs share
    QList<MaskedField> m_masked;
    CaseCounts m_counts;
    QStringList m_hosts;
};

}
