// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/captions/models.h"
#include "ui/payload/typed_view.h"

#include <QWidget>

namespace ui {

class FactsRow;
class InkLabel;
class PictureBox;
class StylePreview;

/// The captioned video: who drew it and why, a picture of it at a time when a caption is seen, and the style as it was asked for.
class CaptionsView final : public QWidget {
    Q_OBJECT

public:
    CaptionsView(const PayloadContext& context, const core::tasks::CaptionsGenerateOutput& output, QWidget* parent = nullptr);
    ~CaptionsView() override;

    /// The preset with what the input's own style says put over it. What cannot be is left at the preset's.
    [[nodiscard]] static core::captions::CaptionStyle styleOf(const core::tasks::CaptionsGenerateInput& input,
                                                              const core::captions::CaptionStyle& preset);

private:
    void showFacts();
    void takeInput(const core::tasks::CaptionsGenerateInput& input);
    void readPreset(const core::tasks::CaptionsGenerateInput& input);
    void showStyle(const core::tasks::CaptionsGenerateInput& input, const core::captions::CaptionStyle& preset);
    void readPoster(qint64 atMs);

    PayloadContext m_context;
    core::tasks::CaptionsGenerateOutput m_output;
    core::CancelSource m_reading;
    QString m_sample;    ///< the words that the style is shown on
    FactsRow* m_facts;
    InkLabel* m_fallback;
    InkLabel* m_posterTitle;
    PictureBox* m_poster;
    InkLabel* m_styleTitle;
    StylePreview* m_preview;
};

}
