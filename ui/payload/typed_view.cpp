// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/typed_view.h"

#include "core/base/overloaded.h"
#include "ui/media/captions_view.h"
#include "ui/media/frames_view.h"
#include "ui/media/silence_apply_view.h"
#include "ui/media/silence_detect_view.h"
#include "ui/media/transcript_view.h"
#include "ui/payload/field_rows_view.h"
#include "ui/payload/input_views.h"
#include "ui/payload/media_views.h"

namespace ui {

using namespace core::tasks;

QWidget* createInputView(const PayloadContext& context, const InputPayload& payload, QWidget* parent)
{
    return std::visit(core::base::Overloaded{
                          [&](const UnknownPayload& unknown) { return createUnknownView(unknown, parent); },
                          [&](const auto& input) { return newInputView(context, input, parent); },
                      },
                      payload);
}

QWidget* createOutputView(const PayloadContext& context, const OutputPayload& payload, QWidget* parent)
{
    return std::visit(
        core::base::Overloaded{
            [&](const MediaProbeOutput& probe) -> QWidget* { return newProbeView(context, probe, parent); },
            [&](const SilenceDetectOutput& silences) -> QWidget* { return new SilenceDetectView(context, silences, parent); },
            [&](const SilenceApplyOutput& cut) -> QWidget* { return new SilenceApplyView(context, cut, parent); },
            [&](const MediaConvertOutput& result) -> QWidget* { return newConvertView(context, result, parent); },
            [&](const TranscriptionGenerateOutput& transcript) -> QWidget* { return new TranscriptView(context, transcript, parent); },
            [&](const FrameExtractOutput& frames) -> QWidget* { return new FramesView(context, frames, parent); },
            [&](const CaptionsGenerateOutput& captions) -> QWidget* { return new CaptionsView(context, captions, parent); },
            [&](const UnknownPayload& unknown) -> QWidget* { return createUnknownView(unknown, parent); },
        },
        payload);
}

}
