// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/acts/act_dialog.h"
#include "ui/session/ui_context.h"

namespace ui {

class DeliveryChange;
class ExactTextEdit;
class InkLabel;

/// The body of a stored delivery as text, to be changed and sent to its job by hand. It is checked as it is typed, run dry first, and
/// sent as a manual event: the stored delivery stays as it came.
class EditEventDialog final : public ActDialog {
    Q_OBJECT

public:
    EditEventDialog(const UiContext& context, const core::DeliveryId& id, QWidget* parent);

signals:
    void sent(const core::tasks::WebhookOutcome& outcome);

private:
    void read();
    void showBody(const core::webhooks::Delivery& delivery);
    void noteEdit();
    void dryRun();
    void send();
    void refreshAct();

    UiContext m_context;
    core::DeliveryId m_id;
    std::optional<core::JobId> m_job;
    QString m_wrong;          // with the text as it is
    QByteArray m_foreseen;    // the text of the last dry run; null before the first
    bool m_isRunning = false;
    ExactTextEdit* m_text;
    InkLabel* m_check;
    DeliveryChange* m_change;
    QPushButton* m_dryRun;
};

}
