// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"
#include "core/jobs/models.h"
#include "ui/session/payload_ref.h"
#include "ui/session/ui_context.h"

#include <QObject>

class QMenu;
class QWidget;

namespace ui {

class CompareDialog;
class ComparePayloadsDialog;

/// Which two jobs are compared: the two that are chosen, or one with what it was retried from, or the attempts of one.
struct ComparePair {
    core::JobId before, after;
    QString words;    ///< "Compare with the job it was retried from"
};

/// Comparing as a window offers it. Lives as long as the window, as do the comparisons on its lane.
class CompareActs final : public QObject {
    Q_OBJECT

public:
    CompareActs(const UiContext& context, QWidget* window);
    /// None if there are no two things to compare.
    [[nodiscard]] static std::optional<ComparePair> pairOf(const QList<core::jobs::JobSummary>& chosen);
    /// Why there is no pair, in a sentence.
    [[nodiscard]] static QString whyNot(const QList<core::jobs::JobSummary>& chosen);
    CompareDialog* open(const ComparePair& pair);
    /// Any two payloads.
    ComparePayloadsDialog* open(const PayloadRef& before, const PayloadRef& after);
    /// What a payload may be compared with: the one that was chosen before, its job's input and output; and to choose it.
    void fillMenu(QMenu& menu, const PayloadRef& payload);

private:
    UiContext m_context;
    QWidget* m_window;
    std::optional<PayloadRef> m_chosen;    // for comparing with the next
    core::Lane m_lane;
};

}
