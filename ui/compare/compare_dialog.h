// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "core/base/lane.h"
#include "ui/compare/compare_work.h"
#include "ui/session/ui_context.h"

#include <QDialog>

#include <array>

class QComboBox;
class QGridLayout;
class QTabBar;

namespace ui {

class ComparePane;
class DiffTable;
class InkLabel;

/// Two jobs, or two attempts of one, beside each other: what their inputs, outputs and runs say differently, by meaning or line by line.
/// It changes nothing, and it stays open beside the window. Comparing runs on the lane, which outlives it.
class CompareDialog final : public QDialog {
    Q_OBJECT

public:
    /// The same job twice compares its two last attempts.
    CompareDialog(const UiContext& context, core::Lane& lane, const core::JobId& before, const core::JobId& after, QWidget* parent);
    void showPart(ComparePart part);
    void setView(CompareView view);
    /// After jobs came or a comparison was asked for: whether the answer is shown.
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] DiffTable& table() const;
    [[nodiscard]] QString sentence() const;

private:
    struct Side {
        core::JobId id;
        std::optional<core::jobs::JobSummary> job;
        std::optional<QByteArray> input, output;
        bool hasInput = false, hasOutput = false, hasAttempts = false;    // read, whatever came of it
        QList<core::jobs::JobAttempt> attempts;
        InkLabel* status = nullptr;
        InkLabel* facts = nullptr;
        QComboBox* attempt = nullptr;
    };

    void buildHead(QGridLayout& grid, int row, Side& side, const QString& title);
    void readJobs();
    void showJobs();
    void refresh();
    /// Asks for what the part needs of this side; true if it is there.
    bool read(Side& side);
    void readPayload(Side& side, core::backend::PayloadPart part);
    void readAttempts(Side& side);
    [[nodiscard]] std::optional<QByteArray> documentOf(const Side& side) const;
    void compare();

    UiContext m_context;
    std::array<Side, 2> m_sides;
    ComparePart m_part = ComparePart::Input;
    int m_open = 0;    // rows and payloads that are to come
    QTabBar* m_tabs;
    ComparePane* m_pane;
};

}
