// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "ui/payload/typed_view.h"

#include <QWidget>

class QHBoxLayout;

namespace ui {

class FactsRow;
class InkLabel;
class WaveView;

/// What a cut took away: the input's sound with the removed parts marked, below it the result, shorter by as much, at the same scale.
class SilenceApplyView final : public QWidget {
    Q_OBJECT

public:
    SilenceApplyView(const PayloadContext& context, const core::tasks::SilenceApplyOutput& output, QWidget* parent = nullptr);
    ~SilenceApplyView() override;

    /// What a cut removes: each silence without the padding on both sides; those that vanish are left out.
    [[nodiscard]] static QList<core::tasks::Segment> removedParts(const QList<core::tasks::Segment>& silences, qint64 paddingMs);

private:
    void takeInput(const core::tasks::SilenceApplyInput& input);
    void takeSilences(const QList<core::tasks::Segment>& silences, qint64 paddingMs);
    void showLengths();
    void readPeaks(const QString& storageKey, WaveView* wave);

    PayloadContext m_context;
    core::tasks::SilenceApplyOutput m_output;
    QList<core::tasks::Segment> m_removed;
    core::CancelSource m_reading;
    FactsRow* m_facts;
    InkLabel* m_beforeText;
    WaveView* m_before;
    InkLabel* m_afterText;
    WaveView* m_after;
    QHBoxLayout* m_afterRow;
};

}
