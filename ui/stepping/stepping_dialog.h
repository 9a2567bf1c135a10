// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"
#include "core/scenarios/faults.h"
#include "ui/session/ui_context.h"

#include <QDialog>
#include <QTimer>

#include <atomic>
#include <memory>

class QPushButton;
class QStackedWidget;

namespace ui {

class EmptyState;
class ErrorBar;
class FaultBench;
class InkLabel;
class NoteBox;
class StepControls;
class StepsModel;
class StepsTable;
class StepView;

/// A job's deliveries one by one, forwards and back, in a scratch copy: the steps, the rows after each, and a bench of faults. It changes
/// nothing, and it stays open beside the window. Files are read and written on the lane, which outlives it.
class SteppingDialog final : public QDialog {
    Q_OBJECT

public:
    SteppingDialog(const UiContext& context, core::Lane& files, QWidget* parent);
    ~SteppingDialog() override;

    /// Reads the job and plays it.
    void load(const core::JobId& id);
    void loadFile(const QString& path);
    /// With what each step came to as what is expected of it.
    void saveTo(const QString& path);
    void putFault(core::scenarios::Fault fault);
    void takeBackFault();
    void goTo(int position);

    /// Nothing is being read, played or written.
    [[nodiscard]] bool isSettled() const { return m_open == 0; }
    [[nodiscard]] StepsTable& table() const { return *m_table; }
    [[nodiscard]] StepView& view() const { return *m_view; }
    [[nodiscard]] StepControls& controls() const { return *m_controls; }
    [[nodiscard]] FaultBench& bench() const { return *m_bench; }
    [[nodiscard]] QString sentence() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QWidget* makePanes();
    [[nodiscard]] QWidget* makeEmpty();
    [[nodiscard]] QLayout* makeHead();
    [[nodiscard]] QLayout* makeFoot();
    void listenToKeys();
    /// `before`: the scenarios that taking back its faults leads to; taken over once it is played.
    void play(const core::scenarios::Scenario& scenario, const QList<core::scenarios::Scenario>& before, int position);
    void takeRun(const core::scenarios::Scenario& scenario, const core::scenarios::Run& run, int position);
    void showDeviations();
    void showBusy();
    void begin(const QString& what);
    /// One answer has come; false if nobody waits for it any more.
    bool end(int round);
    void fail(const QString& what, const core::Error& error);
    void askToSave();
    void askToOpen();
    [[nodiscard]] const core::scenarios::Scenario& scenario() const;

    UiContext m_context;
    core::Lane& m_files;
    core::JobId m_job;    // what Retry reads
    QString m_path;       // or this file
    int m_open = 0;       // answers that are to come
    int m_round = 0;      // what was overtaken is not shown
    core::CancelSource m_stop;
    std::shared_ptr<std::atomic<qsizetype>> m_done = std::make_shared<std::atomic<qsizetype>>(0);
    qsizetype m_of = 0;
    QString m_doing;
    QTimer m_tick;
    QList<core::scenarios::Scenario> m_before;    // each fault: the scenario without it
    StepsModel* m_model;
    StepsTable* m_table;
    StepControls* m_controls;
    StepView* m_view;
    FaultBench* m_bench;
    InkLabel* m_title;
    InkLabel* m_sentence;
    ErrorBar* m_error;
    NoteBox* m_notes;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
    QPushButton* m_stopButton;
    QPushButton* m_save;
};

}
