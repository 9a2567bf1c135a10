// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/jobs/models.h"
#include "core/tasks/schemas.h"
#include "ui/base/note_box.h"

#include <QString>

#include <utility>

namespace ui {

enum class PayloadKind { Input, Output };

/// What is said in place of a payload that is not there: title and sentence, by the job's state.
[[nodiscard]] std::pair<QString, QString> absentWords(const core::jobs::JobSummary& job, PayloadKind kind);

/// "2 schema notes"
[[nodiscard]] QString notesTitle(const QList<core::tasks::Diagnostic>& diagnostics);
/// "The output was readable; nothing was changed."
[[nodiscard]] QString notesSentence(PayloadKind kind, const QList<core::tasks::Diagnostic>& diagnostics);
[[nodiscard]] QList<Note> notesOf(const QList<core::tasks::Diagnostic>& diagnostics);

/// "/segments/2/end_ms" as people write it: "segments[2].end_ms". For the whole payload "payload".
[[nodiscard]] QString pathOf(const QString& pointer);

/// Why there is no tree, and where the bytes stop being JSON.
[[nodiscard]] QString treeRefusal(const core::Error& error);

}
