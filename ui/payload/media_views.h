// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/payload/typed_view.h"

namespace ui {

/// Tiles of the format, a table of the streams, and ffprobe's own words behind a title.
[[nodiscard]] QWidget* newProbeView(const PayloadContext& context, const core::tasks::MediaProbeOutput& probe, QWidget* parent);
/// Tiles of the result, and below them what was asked for.
[[nodiscard]] QWidget* newConvertView(const PayloadContext& context, const core::tasks::MediaConvertOutput& result, QWidget* parent);

}
