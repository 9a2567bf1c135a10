// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/typed_view.h"

#include "core/base/overloaded.h"
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
    const auto fields = [&] { return createFieldRowsView(outputRows(payload), parent); };
    return std::visit(core::base::Overloaded{
                          [&](const MediaProbeOutput& probe) { return newProbeView(context, probe, parent); },
                          [&](const SilenceDetectOutput&) { return fields(); },
                          [&](const SilenceApplyOutput&) { return fields(); },
                          [&](const MediaConvertOutput& result) { return newConvertView(context, result, parent); },
                          [&](const TranscriptionGenerateOutput&) { return fields(); },
                          [&](const FrameExtractOutput&) { return fields(); },
                          [&](const CaptionsGenerateOutput&) { return fields(); },
                          [&](const UnknownPayload& unknown) { return createUnknownView(unknown, parent); },
                      },
                      payload);
}

}
