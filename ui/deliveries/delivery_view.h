// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"
#include "core/webhooks/models.h"
#include "ui/session/ui_context.h"

#include <QWidget>

#include <memory>
#include <optional>

class QToolButton;

namespace ui {

class ErrorBar;
class InkLabel;
class LogView;
class SignaturePanel;
class StageLamps;

/// One raw delivery: its stages, what became of it, the signature's verdict, headers and body bytes (as text, or in hex where they
/// are none). Reads the body itself.
class DeliveryView final : public QWidget {
    Q_OBJECT

public:
    explicit DeliveryView(const UiContext& ui, QWidget* parent = nullptr);
    ~DeliveryView() override;
    /// Shown again with the same id it keeps scroll and selection.
    void showDelivery(const core::DeliveryId& id);
    void showNothing();
    [[nodiscard]] const core::DeliveryId& shownId() const { return m_id; }

private:
    void read();
    void present(const core::webhooks::Delivery& delivery);
    void showBody();
    void copyBody();

    UiContext m_ui;
    core::DeliveryId m_id;
    core::JobId m_job;    // that it names, if it does
    QByteArray m_body;
    bool m_isText = true;
    ErrorBar* m_error;
    QWidget* m_page;
    StageLamps* m_lamps;
    InkLabel* m_outcome;
    InkLabel* m_facts;
    InkLabel* m_signature;
    SignaturePanel* m_refused;
    InkLabel* m_headersTitle;
    LogView* m_headers;
    InkLabel* m_bodyTitle;
    QToolButton* m_hex;
    LogView* m_bodyView;
    std::shared_ptr<core::Lane> m_copies;    // begun with the first large copy
    std::shared_ptr<core::Lane> m_closer;
};

}
