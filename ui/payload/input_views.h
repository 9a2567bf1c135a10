// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/payload/typed_view.h"

namespace ui {

class FieldForm;

[[nodiscard]] QWidget* newInputView(const PayloadContext& context, const core::tasks::MediaProbeInput& input, QWidget* parent);
[[nodiscard]] QWidget* newInputView(const PayloadContext& context, const core::tasks::SilenceDetectInput& input, QWidget* parent);
[[nodiscard]] QWidget* newInputView(const PayloadContext& context, const core::tasks::SilenceApplyInput& input, QWidget* parent);
[[nodiscard]] QWidget* newInputView(const PayloadContext& context, const core::tasks::MediaConvertInput& input, QWidget* parent);
[[nodiscard]] QWidget* newInputView(const PayloadContext& context, const core::tasks::TranscriptionGenerateInput& input, QWidget* parent);
[[nodiscard]] QWidget* newInputView(const PayloadContext& context, const core::tasks::FrameExtractInput& input, QWidget* parent);
[[nodiscard]] QWidget* newInputView(const PayloadContext& context, const core::tasks::CaptionsGenerateInput& input, QWidget* parent);

/// What a conversion was asked for, without its file: also beside its result.
void addConvertSettings(FieldForm& form, const core::tasks::MediaConvertInput& input);

}
