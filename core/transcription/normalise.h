// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transcription/models.h"

namespace core::transcription {

/// The transcript as the store keeps it, whatever an engine sent: segments and words trimmed, empty ones dropped, sorted by start, clamped to
/// 0..durationMs and to one another, words to their segment, confidences to 0..1. An empty text is joined from the segments.
/// Nothing is refused: engines send words that touch in the wrong order, or end after the file does.
[[nodiscard]] Transcript normalised(Transcript transcript);

}
