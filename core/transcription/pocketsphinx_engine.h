// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/media/run_context.h"
#include "core/transcription/engine.h"
#include "core/transcription/pocketsphinx_decoder.h"

namespace core::transcription {

/// Offline, US English, for drafts: about a quarter of the words of read sentences come out wrong.
/// The sound is decoded, cut at its pauses, and each utterance recognised by itself; one utterance is one segment.
/// Errors: NotFound `engine_missing`; Invalid `language_not_supported`, `model_not_available`, `no_audio`; those of media::probe and
/// media::toolError, such as `file_missing` or `not_media`; Cancelled.
[[nodiscard]] Result<Transcript> transcribeWithPocketSphinx(const TranscribeRequest& request, const PocketSphinxSettings& settings,
                                                            const media::RunContext& context);

}
