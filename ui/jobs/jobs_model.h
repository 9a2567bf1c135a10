// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/long_reads.h"
#include "ui/jobs/job_columns.h"
#include "ui/jobs/job_row.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>
#include <QTimer>

namespace ui {

class StoreSession;

/// A window of rows over keyset pages of a list that may have millions. It knows only what it holds: at most maxRows, of which the far
/// end is dropped as the other grows. Rows change in place by id; the model is never reset. Pages of a list that was left meanwhile are
/// dropped by their generation.
class JobsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int pageRows = 200;
    static constexpr int maxRows = 2000;
    static constexpr int flashedAtOnce = 20;

    enum Role {
        IdRole = Qt::UserRole + 1,    ///< QString
        StateRole,                    ///< int of ui::JobState
        RawRole                       ///< stored word, qint64 microseconds, int; invalid where there is none
    };

    explicit JobsModel(StoreSession& session, QObject* parent = nullptr);
    ~JobsModel() override;

    /// Begins anew at the top of another list. Also when it is the same one.
    void setQuery(const JobsQuery& query);
    [[nodiscard]] const JobsQuery& query() const { return m_query; }
    /// Reads the top again and takes rows over that are there still, so that selection and place stay.
    void reload();
    void jumpToTop();
    void jumpToEnd();
    /// The rows from a place of the sort's axis on.
    void jumpTo(qint64 micros);
    /// The rows that follow a key.
    void jumpAfter(const core::jobs::JobKey& key);
    /// Reads on where the shown rows come near an end of the window.
    void ensureAround(int firstShown, int lastShown);
    /// Tries again what failed.
    void retry();

    [[nodiscard]] const JobRow& rowAt(int row) const { return m_rows.at(row); }
    [[nodiscard]] std::optional<int> rowOf(const core::JobId& id) const;
    [[nodiscard]] QList<core::JobId> loadedIds() const;
    [[nodiscard]] bool isLoading() const { return m_loading; }    ///< the first page of a list is on its way
    [[nodiscard]] bool hasLoaded() const { return m_hasLoaded; }
    [[nodiscard]] bool isAtTop() const { return m_atTop; }
    [[nodiscard]] bool isAtEnd() const { return m_atEnd; }
    [[nodiscard]] std::optional<int> searchedOnlyNewest() const { return m_searchedOnlyNewest; }
    /// Of the reads of this list: another query gives them up.
    [[nodiscard]] const core::backend::ReadHandle& reads() const { return m_reads; }
    [[nodiscard]] quint64 generation() const { return m_generation; }
    /// Rows come in above those that are shown, by a page that was read towards the top: what is shown must stay.
    [[nodiscard]] bool isFillingAbove() const { return m_fillingAbove; }

    /// Rows as they are now; those that are not held are passed over. At most flashedAtOnce flash.
    void updateRows(const QList<core::jobs::JobSummary>& jobs);
    void removeJobs(const QSet<core::JobId>& ids);
    /// A page read from the top: takes its membership and order for the rows it spans.
    void mergeTop(const core::jobs::JobPage& page);

    /// What "now" is and how times are written; shown rows whose texts change are told.
    void setTimeStyle(core::Time now, const QTimeZone& zone, bool relative, int firstShown, int lastShown);
    [[nodiscard]] const TimeStyle& timeStyle() const { return m_style; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

signals:
    /// Before rows leave the window (they may come back): whoever keeps a selection takes their ids now.
    void rowsAboutToLeave(int first, int last);
    /// These are no more in the store; told after their rows have left.
    void jobsGone(const QSet<core::JobId>& ids);
    /// The first rows of a list or of a jump are there (or it has none).
    void arrived(bool atEnd);
    /// A list of another query is there, for the first time.
    void queryArrived();
    /// What isLoading, isAtTop, isAtEnd and searchedOnlyNewest answer may have changed.
    void extentChanged();
    void readFailed(const core::Error& error);
    void readWorked();

private:
    enum class Landing { Query, Reload, Top, End, Place };

    void land(Landing landing, const core::jobs::PageRequest& request);
    void takeLanding(Landing landing, const core::jobs::PageRequest& request, const core::jobs::JobPage& page);
    void fetchAfter();
    void fetchBefore();
    void fail(const core::Error& error);
    void noteSearched(const core::jobs::JobPage& page);
    [[nodiscard]] core::jobs::PageRequest request(int limit = pageRows) const;
    [[nodiscard]] QList<JobRow> rowsOf(const core::jobs::JobPage& page) const;
    [[nodiscard]] QList<JobRow> unknownRows(const core::jobs::JobPage& page) const;

    /// Makes the window these rows by the fewest signals: rows that stay in order are not touched but for what changed.
    void showRows(const QList<JobRow>& target);
    void removeAllBut(const QHash<core::JobId, int>& places);
    void insertRowsAt(int at, const QList<JobRow>& rows);
    void removeRowsAt(int first, int last);
    void reindex(int from);
    void replaceRow(int row, const core::jobs::JobSummary& job, QList<std::pair<int, quint16>>& changed);
    void tellChanged(int row, quint16 columns, const QList<int>& roles = {});
    void flashRows(const QList<std::pair<int, quint16>>& changed);
    void endFlash();

    StoreSession& m_session;
    JobsQuery m_query;
    QList<JobRow> m_rows;
    QHash<core::JobId, int> m_index;
    TimeStyle m_style;
    int m_firstShown = 0;
    int m_lastShown = 0;
    std::optional<int> m_searchedOnlyNewest;
    quint64 m_generation = 0;
    core::backend::ReadHandle m_reads;
    core::backend::ReadHandle m_ahead;                                           // of the pages before and after the window
    std::optional<std::pair<Landing, core::jobs::PageRequest>> m_nextLanding;    // asked for while another is on its way
    std::optional<std::pair<Landing, core::jobs::PageRequest>> m_failedLanding;
    bool m_landing = false;
    bool m_loading = false;
    bool m_hasLoaded = false;
    bool m_atTop = true;
    bool m_atEnd = true;
    bool m_fetchingAfter = false;
    bool m_fetchingBefore = false;
    bool m_blocked = false;    // a page failed: nothing is read ahead until somebody retries
    bool m_fillingAbove = false;
    QTimer m_flashTimer;
};

}
