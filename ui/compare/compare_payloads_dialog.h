// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"
#include "ui/compare/compare_work.h"
#include "ui/session/payload_ref.h"
#include "ui/session/ui_context.h"

#include <QDialog>

#include <array>

namespace ui {

class ComparePane;
class DiffTable;

/// "output of 018f-1", "body of delivery 018f-2", "payload of event 3 of 018f-1".
[[nodiscard]] QString payloadWords(const PayloadRef& payload);

/// Any two payloads beside each other, by meaning or line by line. It changes nothing, and stays open beside the window. Comparing runs
/// on the lane, which outlives it.
class ComparePayloadsDialog final : public QDialog {
    Q_OBJECT

public:
    ComparePayloadsDialog(const UiContext& context, core::Lane& lane, const PayloadRef& before, const PayloadRef& after, QWidget* parent);
    void setView(CompareView view);
    /// Whether what was asked for is shown.
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] DiffTable& table() const;
    [[nodiscard]] QString sentence() const;

private:
    struct Side {
        PayloadRef payload;
        std::optional<QByteArray> bytes;
        bool isRead = false;    // whatever came of it
    };
    void read();
    void take(Side& side, const core::Result<QByteArray>& bytes);
    void compare();

    UiContext m_context;
    std::array<Side, 2> m_sides;
    int m_open = 0;    // payloads that are to come
    ComparePane* m_pane;
};

}
