// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/models.h"
#include "ui/acts/act_dialog.h"

#include <QTimer>

class QComboBox;
class QSpinBox;

namespace ui {

class FactsRow;
class RecordTable;
class StoreSession;

/// Asks before old jobs and their files go: how old, then by a dry run what that takes. The act gets the ids of that dry run, and takes
/// no other. At most `mostPruned` at once.
class PruneDialog final : public ActDialog {
    Q_OBJECT

public:
    static constexpr int mostPruned = 10'000;

    PruneDialog(StoreSession& session, QWidget* parent);
    void setAge(int count, std::chrono::hours unit);
    /// What the last dry run said; empty while one is under way.
    [[nodiscard]] const std::optional<core::tasks::PruneAnswer>& preview() const { return m_preview; }

signals:
    void pruneAsked(core::Time before, const QList<core::JobId>& jobs, const QString& reason);

private:
    [[nodiscard]] std::chrono::hours age() const;
    void startPreview();
    void showPreview(const core::tasks::PruneAnswer& answer);
    void showSample(const QList<core::jobs::JobSummary>& jobs);

    StoreSession& m_session;
    QSpinBox* m_age;
    QComboBox* m_unit;
    FactsRow* m_facts;
    RecordTable* m_sample;
    InkLabel* m_more;
    QTimer m_wait;    // until the person has stopped typing
    core::Time m_before{};
    std::optional<core::tasks::PruneAnswer> m_preview;
    int m_round = 0;
};

}
