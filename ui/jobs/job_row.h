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

/// One job of the list with the texts of its cells. Each text is made when it is first asked for after a change, so that painting costs
/// nothing more, and a change of one cell no more than that cell.
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
    /// Which columns look otherwise, and which of those mean otherwise: a failed job's message is written in another ink, but stays what
    /// it was. Masks of 1 << column.
    struct Changed {
        quint16 looks = 0;
        quint16 meaning = 0;
    };
    /// Takes the row as it is now.
    Changed replace(const core::jobs::JobSummary& job);
    /// The columns whose texts differ under this style from what was shown last.
    [[nodiscard]] quint16 changedTexts(const TimeStyle& style) const;

    quint16 flash = 0;    ///< columns that are shown as just changed

private:
    [[nodiscard]] QString textUnder(JobColumn column, const TimeStyle& style) const;

    core::jobs::JobSummary m_job;
    qint64 m_place = 0;
    mutable std::array<QString, jobColumnCount> m_texts;
    mutable quint16 m_made = 0;    // the columns whose texts are there, under the style of that stamp
    mutable quint64 m_stamp = 0;
};

/// Whether `left` stands below `right` in a list of that direction.
[[nodiscard]] bool standsBelow(const JobRow& left, const JobRow& right, core::jobs::SortDirection direction);

/// Whether its progress says something: a bar with a number. Else a dash for what is not known, nothing for what is done.
enum class ProgressShown { Nothing, Dash, Bar };
[[nodiscard]] ProgressShown progressOf(const core::jobs::JobSummary& job);

}
