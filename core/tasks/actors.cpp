// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/actors.h"

#include "core/base/overloaded.h"
#include "core/tasks/actor_output.h"

namespace core::tasks {

using namespace Qt::StringLiterals;

Result<OutputPayload> runActor(const RunTicket& ticket, const ActorContext& context)
{
    const auto wrap = [](auto result) { return std::move(result).map([](auto output) { return OutputPayload(std::move(output)); }); };
    const auto input = parseInput(ticket.job.type, ticket.job.inputData);
    if (const auto valid = validateInput(input.value, input.diagnostics); !valid)
        return errorOf(valid);
    // What an earlier attempt had begun when its worker died, also the files of a hook that was not committed.
    if (const auto swept = ticket.attempt > 1 ? context.storage.sweepTemporaries(outputFolderOf(ticket.job)) : 0; !swept)
        return errorOf(swept);
    return std::visit(base::Overloaded{
                          [&](const MediaProbeInput& typed) { return wrap(runMediaProbe(typed, context)); },
                          [&](const SilenceDetectInput& typed) { return wrap(runSilenceDetect(typed, context)); },
                          [&](const SilenceApplyInput& typed) { return wrap(runSilenceApply(typed, ticket, context)); },
                          [&](const MediaConvertInput& typed) { return wrap(runMediaConvert(typed, ticket, context)); },
                          [&](const TranscriptionGenerateInput& typed) { return wrap(runTranscriptionGenerate(typed, ticket, context)); },
                          [&](const FrameExtractInput& typed) { return wrap(runFrameExtract(typed, ticket, context)); },
                          [&](const CaptionsGenerateInput& typed) { return wrap(runCaptionsGenerate(typed, ticket, context)); },
                          [&](const UnknownPayload&) -> Result<OutputPayload> {
                              return failure(ErrorKind::Invalid, u"type_unknown"_s,
                                             u"No worker knows the job type '%1'"_s.arg(ticket.job.typeText), u"type"_s);
                          },
                      },
                      input.value);
}

}
