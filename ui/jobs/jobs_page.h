// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/job_columns.h"
#include "ui/jobs/job_text.h"
#include "ui/session/ui_context.h"

#include <QTimer>
#include <QVariantMap>
#include <QWidget>

#include <functional>

class QMenu;
class QVBoxLayout;

namespace ui {

class EmptyState;
class ErrorBar;
class JobExport;
class JobsFeed;
class JobsModel;
class JobsView;
class MatchCount;
class NewRowsBar;
class TimeGutter;
struct JobsMenuActs;

/// The page of the job list: filter bar (another part's), error bar, table, time gutter, and what stands in the rows' place when there
/// are none.
class JobsPage final : public QWidget {
    Q_OBJECT

public:
    explicit JobsPage(const UiContext& context, QWidget* parent = nullptr);
    ~JobsPage() override;

    /// `text`: the filter as a person wrote it, for the state without hits.
    void setFilter(const core::jobs::Filter& filter, const QString& text);
    /// Stands above the list and belongs to the page from then on.
    void setFilterBar(QWidget* bar);
    void setSort(core::jobs::JobSort sort, core::jobs::SortDirection direction);

    [[nodiscard]] QList<core::JobId> selectedJobs() const;
    [[nodiscard]] core::JobId currentJob() const;
    /// Selects the job and scrolls to it if it is loaded; false if it is not.
    bool showJob(const core::JobId& id);
    /// The next or the previous row, as the arrow keys would.
    void stepBy(int rows);
    /// Shows what waits; else reads the rows again in their place.
    void refresh();
    void copySelection(JobFormat format);
    /// Asks for a file, then exports; the file dialog is the desktop's.
    void askToExport(JobFormat format, bool all);
    /// An act begun from this page that failed: stays above the rows until it is tried again (`again`), another act is begun
    /// (clearFailedAct) or the page is left. `what` and `intact` as of ErrorBar::showError.
    void showFailedAct(const QString& what, const core::Error& error, const QString& intact, std::function<void()> again);
    void clearFailedAct();
    JobExport* startExport(const QString& path, JobFormat format, bool all);
    /// For menus of the window: Copy, Export, columns and sort.
    void fillCopy(QMenu* menu);
    void fillExport(QMenu* menu);
    void fillColumns(QMenu* menu);

    /// How many rows are loaded, and of how many: "17 in all", "200 of 12,431", "200 of 10,000+"; empty without rows.
    [[nodiscard]] QString loadedText() const;
    [[nodiscard]] JobsView* view() const { return m_view; }
    [[nodiscard]] JobsModel* model() const { return m_model; }

    /// Sort, place and selection; columns are in the preferences. Restoring waits for the rows.
    [[nodiscard]] QVariantMap saveState() const;
    void restoreState(const QVariantMap& state);

signals:
    /// Empty for none.
    void currentJobChanged(const core::JobId& id);
    void selectionChanged();
    /// What loadedText() says.
    void loadedChanged();
    void submitAsked();
    void probeAsked();
    void connectionAsked();
    void filesDropped(const QStringList& paths);
    /// The menu of the rows is about to open: the window puts its acts (cancel, resubmit) in front.
    void menuAsked(QMenu* menu);
    void exportStarted(ui::JobExport* jobExport);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void layOut();
    void connectParts();
    /// What stands in the place of rows, built when there are none for the first time.
    [[nodiscard]] EmptyState* emptyState();
    [[nodiscard]] EmptyState* noHitsState();
    void applyQuery(bool keepSelection);
    void takeQuery();
    void applyPlace();
    void noteShown();
    void noteExtent();
    void countMatches();
    void noteHeld();
    void noteWaiting();
    void noteSession();
    void readSpan();
    void placeGutter();
    void tick();
    void showRowMenu(const QPoint& place);
    void showHeaderMenu(const QPoint& place);
    void sortByColumn(int section);
    [[nodiscard]] JobsMenuActs menuActs();

    UiContext m_context;
    JobsModel* m_model;
    JobsFeed* m_feed;
    MatchCount* m_count;
    JobsView* m_view;
    TimeGutter* m_gutter;
    NewRowsBar* m_bar;
    ErrorBar* m_error;
    ErrorBar* m_failedAct;    // apart: a read that works says nothing about an act
    std::function<void()> m_again;
    EmptyState* m_empty = nullptr;
    EmptyState* m_noHits = nullptr;
    QVBoxLayout* m_column;
    QWidget* m_filterBar = nullptr;
    JobsQuery m_query;
    QString m_filterText;
    std::optional<core::Time> m_oldest;    // of the store, by the sort
    std::optional<QVariantMap> m_toRestore;
    bool m_keepSelection = false;
    QTimer m_tick;
};

}
