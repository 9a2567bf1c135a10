// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/long_reads.h"
#include "ui/session/ui_context.h"

#include <QWidget>

class QLineEdit;

namespace ui {

class AgeLine;
class ErrorBar;
class InkLabel;
class NoteBox;
class RecordTable;

/// Why a delivery's signature was refused: what does not fit, and all that was tried to find it. A secret that is typed is asked with and
/// kept nowhere: the field is emptied when another delivery is shown or the panel goes out of sight.
class SignaturePanel final : public QWidget {
    Q_OBJECT

public:
    explicit SignaturePanel(const UiContext& ui, QWidget* parent = nullptr);
    ~SignaturePanel() override;
    /// Hidden where nothing was refused: a valid signature, or one that is not checked.
    void showDelivery(const core::webhooks::Delivery& delivery);
    void forget();

protected:
    void hideEvent(QHideEvent* event) override;

private:
    void ask(const QByteArray& secret);
    void present(const core::webhooks::SignatureReport& report);
    void presentNothing();

    UiContext m_ui;
    core::DeliveryId m_id;
    core::backend::ReadHandle m_examination;    // the one that is under way; a large body takes seconds
    int m_asked = 0;
    ErrorBar* m_error;
    NoteBox* m_note;
    AgeLine* m_age;
    InkLabel* m_ageText;
    InkLabel* m_expected;
    InkLabel* m_given;
    RecordTable* m_trials;
    QLineEdit* m_secret;
};

}
