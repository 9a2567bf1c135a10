// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/acts/act_dialog.h"
#include "ui/session/ui_context.h"

#include <QTimer>

namespace ui {

class DiffTable;
class InkLabel;
class InputEditor;
class ReuseBox;

/// The same job once more, as it was or edited: form and raw JSON over the stored input, what is different from it, and whether an active job
/// does the same already. The new job knows the old one and the old one the new.
class ResubmitDialog final : public ActDialog {
    Q_OBJECT

public:
    ResubmitDialog(const UiContext& context, const core::JobId& of, QWidget* parent);

    /// Null until the job is read.
    [[nodiscard]] InputEditor* editor() const { return m_editor; }
    [[nodiscard]] ReuseBox& reuse() const { return *m_reuse; }
    [[nodiscard]] bool isEdited() const;

signals:
    void resubmitted(const core::JobId& of, const core::tasks::SubmitAnswer& answer);
    void jobAsked(const core::JobId& id);

private:
    void read();
    void takeJob(const core::jobs::Job& job);
    void refresh();
    void compare();
    void act();
    void takeAnswer(const core::Result<core::tasks::SubmitAnswer>& answer);

    UiContext m_context;
    core::JobId m_of;
    core::jobs::Job m_job;
    bool m_isMade = false;
    QTimer m_compareSoon;
    QVBoxLayout* m_place;
    InputEditor* m_editor = nullptr;
    InkLabel* m_diffTitle;
    DiffTable* m_diff;
    ReuseBox* m_reuse;
    QPushButton* m_asItWas;
};

}
