// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"
#include "ui/compare/compare_work.h"
#include "ui/session/payload_ref.h"
#include "ui/session/ui_context.h"

#include <QDialog>

#include <array>

namespace ui {

class DiffTable;
class ErrorBar;
class InkLabel;
class SegmentedSwitch;

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
    [[nodiscard]] bool isSettled() const { return m_open == 0; }
    [[nodiscard]] DiffTable& table() const { return *m_table; }
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
    void fail(const QString& what, const core::Error& error);

    UiContext m_context;
    core::Lane& m_lane;
    std::array<Side, 2> m_sides;
    CompareView m_view = CompareView::Meaning;
    int m_open = 0;     // answers that are to come
    int m_round = 0;    // a comparison that was overtaken is not shown
    SegmentedSwitch* m_switch;
    InkLabel* m_sentence;
    ErrorBar* m_error;
    DiffTable* m_table;
};

}
