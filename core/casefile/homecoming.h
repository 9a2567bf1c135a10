// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/rows_repository.h"

#include <QHash>

namespace core::casefile {

/// The rows of a case on their way into a store, inside a transaction of the caller's.
class Homecoming {
public:
    Homecoming(database::Database& from, database::Database& to, Time now) : m_from(from), m_to(to), m_now(now) {}

    /// What hangs on no job: presets, and words of transcriptions.
    [[nodiscard]] Result<void> takeShared();
    [[nodiscard]] Result<void> takeJob(const JobId& id);
    /// Those of the taken that had not ended.
    [[nodiscard]] const QList<JobId>& ended() const { return m_ended; }

private:
    [[nodiscard]] Result<void> takeRow(const CaseTable& table, CaseRow& row);
    [[nodiscard]] Result<void> takeFile(const CaseTable& table, const CaseRow& row);
    void endJob(const CaseTable& table, CaseRow& row);
    void endAttempt(const CaseTable& table, CaseRow& row) const;
    void pointToFile(const CaseTable& table, CaseRow& row) const;

    CaseRowsRepository m_from;
    CaseRowsRepository m_to;
    Time m_now;
    QHash<QString, QByteArray> m_fileIds;    // of the case: what the file is called here
    QList<JobId> m_ended;
};

}
