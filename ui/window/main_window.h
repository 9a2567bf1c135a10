// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/filter.h"
#include "core/jobs/models.h"
#include "ui/session/navigator.h"
#include "ui/session/saved_filters.h"
#include "ui/session/ui_context.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>

#include <array>
#include <functional>
#include <memory>
#include <optional>

class QAction;
class QSplitter;
class QStackedWidget;

namespace ui {

class CancelActs;
class CaseActs;
class CompareActs;
class EnvironmentBand;
class FilterBar;
class Inspector;
class JobExport;
class JobsPage;
class MaximisedMedia;
class Preferences;
class ReplayActs;
class PruneActs;
class ResubmitManyActs;
class Sidebar;
class StatusLine;
class StoreSession;
class SubmitActs;
class TaskArea;
class ToolLine;
class UnreachablePage;
struct ConnectionProfile;

/// One window on one store: menu, band, tools, sidebar, pages, inspector, status. Pages are made when they are first looked at.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(std::shared_ptr<StoreSession> session, Preferences& preferences, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] StoreSession& session() { return *m_session; }
    [[nodiscard]] Navigator& navigator() { return m_navigator; }
    [[nodiscard]] TaskArea& tasks();
    [[nodiscard]] Page currentPage() const { return m_page; }
    void showPage(Page page);
    void showJob(const core::JobId& id, std::optional<InspectorTab> tab = {});
    void showFilter(const QString& text);
    /// Takes them in and makes a probe job of each at once; what fails is told on the page of the jobs.
    void probeFiles(const QStringList& files);
    /// Asks about taking this case file into the window's store.
    void takeHome(const QString& path);
    void showInspectorInFull(bool full) { maximiseInspector(full); }
    [[nodiscard]] QWidget* pageWidget(Page page);
    [[nodiscard]] Inspector& inspector() { return *m_inspector; }
    [[nodiscard]] JobsPage& jobsPage() { return *m_jobs; }
    /// The connections of the tool line's menu, and which of them may be chosen.
    void setConnections(const QList<ConnectionProfile>& connections);
    /// Every act of the window, for the palette and the shortcut sheet.
    [[nodiscard]] QList<QAction*> acts() const { return m_acts; }
    [[nodiscard]] QList<SavedFilter> filters() const;

    /// Asked before the window closes; false keeps it open.
    void setMayClose(std::function<bool()> mayClose) { m_mayClose = std::move(mayClose); }

    /// Where the person was: geometry, page, filter, job, widths. Survives a crash because whoever keeps it saves as it changes.
    [[nodiscard]] QVariantMap saveState() const;
    void restoreState(const QVariantMap& state);

signals:
    void connectionChosen(const QString& profileId);
    void manageConnectionsAsked();
    void newWindowAsked();
    void caseAsked(const QString& path);        ///< to be opened, in a window of its own
    void takeHomeAsked(const QString& path);    ///< of the case that this window has open: into another store
    void preferencesAsked();
    void helpAsked(const QString& topic);
    void logAsked();
    void aboutAsked();
    void quitAsked();
    void stateMoved();    ///< worth saving
    void closing();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;

private:
    void buildCentre();
    void buildMenus();
    void buildViewMenu(QMenu& menu);
    void buildJobMenu(QMenu& menu);
    void buildSubmitActs(QMenu& menu);
    void buildCancelActs(QMenu& menu);
    void buildWebhookMenu(QMenu& menu);
    void replayChosen();
    void wireReplays(QWidget* page);
    void buildCompareAct(QMenu& menu);
    void buildSteppingAct(QMenu& menu);
    void buildPruneAct(QMenu& menu);
    void buildCaseActs(QMenu& connection, QMenu& job);
    void showCaseActs();
    /// Opens those that are case files; answers the others.
    [[nodiscard]] QStringList withoutCases(const QStringList& files);
    void wireNavigation();
    /// What a page that was just made asks of the window.
    void wirePage(QWidget& page);
    /// What can be cancelled now, and why not.
    void showCancelActs();
    /// The jobs an act of the menu is on: those selected in the list, while it is in sight.
    [[nodiscard]] QList<core::JobId> chosenJobs() const;
    QAction* addAct(QMenu& menu, const QString& text, const QKeySequence& keys, std::function<void()> what);
    QAction* addHiddenAct(const QString& text, const QKeySequence& keys, std::function<void()> what);
    void followSession();
    void applyFilter(const core::jobs::Filter& filter, const QString& text);
    void askCounts();
    void maximiseInspector(bool maximised);
    [[nodiscard]] bool isInspectorMaximised() const;
    /// Transcript and frames of the file side by side, where the maximised job is one of these.
    void offerMediaInFull();
    void focusNextPane();
    void showExport(JobExport* jobExport);
    void showInspector();
    void goBack();
    void rememberPlace();
    void chooseFilesToProbe();
    /// Opens Submit with these files of this machine.
    void submitFiles(const QStringList& files);
    [[nodiscard]] core::JobId jobToResubmit() const;
    [[nodiscard]] QList<core::jobs::JobSummary> selectedMany() const;
    void resubmitChosen();
    /// Which jobs can be made now, and why not.
    void showSubmitActs();

    std::shared_ptr<StoreSession> m_session;
    Preferences& m_preferences;
    Navigator m_navigator;
    UiContext m_context;
    Page m_page = Page::Jobs;
    QString m_filterText;
    core::jobs::Filter m_filter;
    core::JobId m_job;
    bool m_inspectorClosed = false;    // by a person

    EnvironmentBand* m_band = nullptr;
    ToolLine* m_tools = nullptr;
    Sidebar* m_sidebar = nullptr;
    QStackedWidget* m_centre = nullptr;    // pages, or the unreachable store
    QSplitter* m_columns = nullptr;
    QStackedWidget* m_pages = nullptr;
    std::array<QWidget*, 9> m_pageWidgets{};
    JobsPage* m_jobs = nullptr;
    FilterBar* m_filterBar = nullptr;
    Inspector* m_inspector = nullptr;
    MaximisedMedia* m_media = nullptr;    // only while it is shown
    UnreachablePage* m_unreachable = nullptr;
    StatusLine* m_status = nullptr;
    ReplayActs* m_replays = nullptr;
    QAction* m_live = nullptr;
    SubmitActs* m_submits = nullptr;
    ResubmitManyActs* m_resubmits = nullptr;
    QAction* m_submit = nullptr;
    QAction* m_resubmit = nullptr;
    QAction* m_resubmitMatching = nullptr;
    QAction* m_probe = nullptr;
    CancelActs* m_cancels = nullptr;
    QAction* m_cancel = nullptr;
    QAction* m_cancelMatching = nullptr;
    CompareActs* m_compares = nullptr;
    QAction* m_compare = nullptr;
    PruneActs* m_prunes = nullptr;
    CaseActs* m_cases = nullptr;
    QAction* m_exportCase = nullptr;
    QAction* m_takeHome = nullptr;
    QAction* m_bringHome = nullptr;
    QTimer m_actsTimer;
    QList<QAction*> m_acts;
    QTimer m_countTimer;
    bool m_countsAsked = false;

    struct Place {
        Page page;
        QString filter;
        core::JobId job;
        bool operator==(const Place&) const = default;
    };
    QList<Place> m_places;
    bool m_goingBack = false;
    std::function<bool()> m_mayClose;
};

}
