// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"
#include "ui/diff/diff_model.h"

namespace ui {

/// What of two jobs is compared, and how it is shown.
enum class ComparePart { Input, Output, Attempts };
enum class CompareView { Meaning, SideBySide, Unified };

/// Two documents, and how they are to be compared. A job that has no output yet has none here.
struct CompareRequest {
    std::optional<QByteArray> before;
    std::optional<QByteArray> after;
    CompareView view = CompareView::Meaning;
    core::JobType inputOf = core::JobType::Unknown;    ///< both are inputs of this type: what is left to a default is filled in
};

struct CompareAnswer {
    QList<DiffColumn> columns;
    QList<DiffRow> rows;
    qsizetype differences = 0;
    QString sentence;    ///< how many differences, and what was not compared
};

/// The comparison itself; takes as long as the documents are large, so it runs on a lane. Errors: as core::tasks::comparePayloads.
[[nodiscard]] core::Result<CompareAnswer> compareDocuments(const CompareRequest& request);

/// The runs of a job as a document: one member for each attempt, or only for `only`, with its log line by line.
[[nodiscard]] QByteArray attemptsDocument(const QList<core::jobs::JobAttempt>& attempts, std::optional<int> only = {});

}
