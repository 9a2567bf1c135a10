// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"
#include "core/tasks/schemas.h"
#include "ui/session/ui_context.h"

#include <optional>

class QWidget;

namespace ui {

/// What a typed view may need beside its payload.
struct PayloadContext {
    UiContext ui;
    core::jobs::JobSummary job;
    /// The job's stored input, for outputs that are read beside what was asked; none if it is not at hand.
    std::optional<QByteArray> input{};
};

/// The view made for looking at this payload. A new payload type does not build until it has one here.
[[nodiscard]] QWidget* createInputView(const PayloadContext& context, const core::tasks::InputPayload& payload, QWidget* parent);
[[nodiscard]] QWidget* createOutputView(const PayloadContext& context, const core::tasks::OutputPayload& payload, QWidget* parent);

}
