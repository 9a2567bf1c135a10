// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"
#include "ui/compare/compare_work.h"

#include <QWidget>

class QLayout;

namespace ui {

class DiffTable;
class ErrorBar;
class InkLabel;
class SegmentedSwitch;
struct ConnectionProfile;

/// What stands below the heads of a comparison: the choice of the view, the sentence that sums it up, and the table of what differs.
/// Comparing runs on the lane, which outlives it.
class ComparePane final : public QWidget {
    Q_OBJECT

public:
    ComparePane(core::Lane& lane, QWidget* parent);
    void setView(CompareView view);
    /// Compares these two in the view that is chosen; a comparison that is under way is overtaken. An absent one is said to be absent
    /// where `tellsAbsent`.
    void compare(const CompareRequest& request, bool tellsAbsent);
    void showReading();
    void showSentence(const QString& sentence);
    void fail(const QString& what, const core::Error& error);
    void clearError();

    [[nodiscard]] bool isSettled() const { return m_open == 0; }
    [[nodiscard]] DiffTable& table() const { return *m_table; }
    [[nodiscard]] QString sentence() const;

signals:
    void viewChosen();    ///< what is compared has to be compared again
    void retryAsked();

private:
    core::Lane& m_lane;
    CompareView m_view = CompareView::Meaning;
    int m_open = 0;     // answers that are to come
    int m_round = 0;    // a comparison that was overtaken is not shown
    SegmentedSwitch* m_switch;
    InkLabel* m_sentence;
    ErrorBar* m_error;
    DiffTable* m_table;
};

/// The head line of a comparison: what it is, and whose store this is.
[[nodiscard]] QLayout* compareHead(const ConnectionProfile& profile, const QString& title, QWidget* parent);

}
