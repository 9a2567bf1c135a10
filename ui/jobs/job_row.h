// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"
#include "ui/jobs/job_columns.h"

#include <QTimeZone>

#include <array>

namespace ui {

/// How times are written, and when "now" is. The stamp changes with every change of it.
struct TimeStyle {
    core::Time now{};
    QTimeZone zone = QTimeZone::utc();
    bool relative = true;
    quint64 stamp = 1;
};

/// One job of the list with the texts of its cells. The texts are made when they are first asked for after a change, so that painting
/// costs nothing more.
class JobRow {
public:
    JobRow() = default;
    /// `place`: where it stood on the axis of the sort as its page was read; an update in its place does not move it.
    JobRow(core::jobs::JobSummary job, qint64 place) : m_job(std::move(job)), m_place(place) {}

    [[nodiscard]] const core::jobs::JobSummary& job() const { return m_job; }
    [[nodiscard]] const core::JobId& id() const { return m_job.id; }
    [[nodiscard]] qint64 place() const { return m_place; }
    [[nodiscard]] core::jobs::JobKey key() const { return {keyValue(m_place), m_job.id}; }
    /// One line, without marks that turn text or break lines.
    [[nodiscard]] const QString& text(JobColumn column, const TimeStyle& style) const;
    /// Exact, whole, many lines where needed. Plain.
    [[nodiscard]] QString exactText(JobColumn column, const TimeStyle& style) const;
    void moveTo(qint64 place) { m_place = place; }
    /// Takes the row as it is now; answers a mask of the columns (1 << column) whose meaning changed.
    quint16 replace(const core::jobs::JobSummary& job);
    /// The columns whose texts differ under this style from what was shown last.
    [[nodiscard]] quint16 changedTexts(const TimeStyle& style) const;

    quint16 flash = 0;    ///< columns that are shown as just changed

private:
    using Texts = std::array<QString, jobColumnCount>;
    [[nodiscard]] Texts textsUnder(const TimeStyle& style) const;

    core::jobs::JobSummary m_job;
    qint64 m_place = 0;
    mutable Texts m_texts;
    mutable quint64 m_stamp = 0;
};

/// Whether `left` stands below `right` in a list of that direction.
[[nodiscard]] bool standsBelow(const JobRow& left, const JobRow& right, core::jobs::SortDirection direction);

/// Whether its progress says something: a bar with a number. Else a dash for what is not known, nothing for what is done.
enum class ProgressShown { Nothing, Dash, Bar };
[[nodiscard]] ProgressShown progressOf(const core::jobs::JobSummary& job);

}
