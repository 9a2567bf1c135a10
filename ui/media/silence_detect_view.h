// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "ui/payload/typed_view.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace ui {

class FactsRow;
class InkLabel;
class SilenceModel;
class SilenceTable;
class WaveView;

/// What silence detection found: figures, the silences on the real sound, the same as a list. Both carry one selection.
class SilenceDetectView final : public QWidget {
    Q_OBJECT

public:
    SilenceDetectView(const PayloadContext& context, const core::tasks::SilenceDetectOutput& output, QWidget* parent = nullptr);
    ~SilenceDetectView() override;

private:
    void takeInput(const core::tasks::SilenceDetectInput& input);
    void showFacts(const core::tasks::SilenceDetectInput* input);
    void readPeaks(const QString& storageKey);
    [[nodiscard]] QWidget* toolLine();
    [[nodiscard]] QWidget* actLine();
    void selectRow(int row);

    PayloadContext m_context;
    core::tasks::SilenceDetectOutput m_output;
    qint64 m_durationMs = 0;
    core::CancelSource m_reading;
    FactsRow* m_facts;
    InkLabel* m_time;
    InkLabel* m_fileName;
    WaveView* m_wave;
    SilenceModel* m_model;
    SilenceTable* m_table;
};

}
