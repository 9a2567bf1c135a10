// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/models.h"
#include "ui/acts/act_dialog.h"

#include <optional>

class QCheckBox;
class QVBoxLayout;

namespace ui {

class FactsRow;
class NoteBox;
class StoreSession;

/// Asks what goes into a case file: a plan of the core's tells rows, files with their sizes, and what is masked; each kind of file can be
/// left out. Changes nothing, so that it opens on a read-only connection too.
class ExportCaseDialog final : public ActDialog {
    Q_OBJECT

public:
    ExportCaseDialog(StoreSession& session, const core::JobId& job, QWidget* parent);
    /// Empty until the plan is there.
    [[nodiscard]] const std::optional<core::casefile::CaseSummary>& plan() const { return m_plan; }
    /// What the choices say now.
    [[nodiscard]] core::casefile::CaseRequest request() const;
    /// As if the person had chosen that file.
    void exportTo(const QString& path);

signals:
    void exportAsked(const core::casefile::CaseRequest& request, const QString& path);

private:
    void startPlan();
    void showPlan(const core::casefile::CaseSummary& plan);
    void makeKindBoxes();
    void follow();
    void chooseFile();

    StoreSession& m_session;
    core::JobId m_job;
    std::optional<core::casefile::CaseSummary> m_plan;
    int m_round = 0;
    FactsRow* m_facts;
    QVBoxLayout* m_kinds;
    QList<QCheckBox*> m_boxes;    // one for each kind of file
    QCheckBox* m_lineage;
    NoteBox* m_masked;
    InkLabel* m_rerun;
    InkLabel* m_kept;
};

}
