// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/captions/models.h"
#include "core/files/storage.h"
#include "core/jobs/models.h"
#include "core/media/convert.h"
#include "core/media/run_context.h"
#include "core/tasks/schemas.h"

namespace core::tasks {

/// All that a run needs, read before it starts: an actor has no connection to the store.
struct RunTicket {
    jobs::Job job;
    int attempt = 0;
    MessageId messageId;
    QString workerId;                          ///< under which the message is leased: a worker that was taken for dead gets a new one
    std::optional<QByteArray> detectOutput;    ///< SILENCE_APPLY: the output of its detect_job_id
    std::optional<QByteArray> transcript;      ///< CAPTIONS_GENERATE: the document of its transcription_id
    std::optional<QByteArray> presetStyle;     ///< CAPTIONS_GENERATE: the style of a stored preset
};

struct ActorContext {
    const files::Storage& storage;
    media::RunContext run;    ///< tools, limits, cancel, progress and the record of commands
};

/// One run of one job: the switch over the seven. Outputs appear under their names by rename, complete or not at all; what was
/// begun is removed when it fails or is cancelled.
[[nodiscard]] Result<OutputPayload> runActor(const RunTicket& ticket, const ActorContext& context);

/// What is shown of a transcript: by its words where it has them, for a spoken segment may be longer than what can be read at once.
[[nodiscard]] QList<captions::CaptionCue> captionCuesOf(const TranscriptionGenerateOutput& transcript);

/// The payload's options in the words of the media room.
[[nodiscard]] media::ConvertOptions convertOptionsOf(const MediaConvertInput& input);

[[nodiscard]] Result<MediaProbeOutput> runMediaProbe(const MediaProbeInput& input, const ActorContext& context);
[[nodiscard]] Result<SilenceDetectOutput> runSilenceDetect(const SilenceDetectInput& input, const ActorContext& context);
[[nodiscard]] Result<SilenceApplyOutput> runSilenceApply(const SilenceApplyInput& input, const RunTicket& ticket,
                                                         const ActorContext& context);
[[nodiscard]] Result<MediaConvertOutput> runMediaConvert(const MediaConvertInput& input, const RunTicket& ticket,
                                                         const ActorContext& context);
[[nodiscard]] Result<TranscriptionGenerateOutput> runTranscriptionGenerate(const TranscriptionGenerateInput& input, const RunTicket& ticket,
                                                                           const ActorContext& context);
[[nodiscard]] Result<FrameExtractOutput> runFrameExtract(const FrameExtractInput& input, const RunTicket& ticket,
                                                         const ActorContext& context);
[[nodiscard]] Result<CaptionsGenerateOutput> runCaptionsGenerate(const CaptionsGenerateInput& input, const RunTicket& ticket,
                                                                 const ActorContext& context);

}
