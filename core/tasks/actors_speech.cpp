// SPDX-License-Identifier: Apache-2.0
#include "core/captions/burn_in.h"
#include "core/captions/cues.h"
#include "core/captions/renderer.h"
#include "core/captions/style.h"
#include "core/tasks/actor_output.h"
#include "core/tasks/actors.h"
#include "core/tasks/caption_style.h"
#include "core/tasks/payload_reader.h"
#include "core/tasks/transcript_segments.h"
#include "core/transcription/engine.h"

#include <algorithm>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

TranscriptionGenerateOutput outputOf(const transcription::Transcript& transcript, const Word<SpeechEngine>& engine)
{
    TranscriptionGenerateOutput output;
    output.transcriptionId = newId<TranscriptionId>();
    output.engine = engine;
    output.model = transcript.model;
    output.language = transcript.language;
    output.durationMs = transcript.durationMs;
    output.text = transcript.text;
    output.segments = copiedSegments<TranscriptSegment>(transcript.segments);
    return output;
}

Result<captions::CaptionStyle> styleFor(const CaptionsGenerateInput& input, const RunTicket& ticket)
{
    captions::CaptionStyle style;
    if (input.presetId) {
        if (const auto builtin = captions::findBuiltinPreset(*input.presetId))
            style = builtin->style;
        else if (ticket.presetStyle)
            style = withChanges(style, readCaptionStyle(*ticket.presetStyle));
        else
            return failure(ErrorKind::Invalid, u"preset_unknown"_s, u"There is no caption preset %1"_s.arg(input.presetId->text),
                           u"/preset_id"_s);
    }
    return input.style ? withChanges(style, *input.style) : style;
}

Result<QList<captions::CaptionCue>> cuesFor(const CaptionsGenerateInput& input, const RunTicket& ticket)
{
    QList<captions::CaptionCue> cues;
    if (input.segments) {
        for (const CaptionSegment& segment : *input.segments)
            cues.append({segment.startMs, segment.endMs, segment.text});
        return cues;
    }
    if (!ticket.transcript)
        return failure(ErrorKind::Invalid, u"transcription_unknown"_s, u"The transcription is not in the store any more"_s,
                       u"/transcription_id"_s);
    const auto transcript = parseOutput(JobType::TranscriptionGenerate, *ticket.transcript);
    const auto* typed = std::get_if<TranscriptionGenerateOutput>(&transcript.value);
    if (!typed)
        return failure(ErrorKind::Invalid, u"transcription_invalid"_s, u"The stored transcription cannot be read"_s,
                       u"/transcription_id"_s);
    return captionCuesOf(*typed);
}

}

QList<captions::CaptionCue> captionCuesOf(const TranscriptionGenerateOutput& transcript)
{
    QList<captions::CaptionCue> cues;
    for (const TranscriptSegment& segment : transcript.segments) {
        if (segment.words.isEmpty()) {
            cues.append({segment.startMs, segment.endMs, segment.text});
            continue;
        }
        QList<captions::CaptionCue> words;
        for (const TranscriptWord& word : segment.words)
            words.append({word.startMs, word.endMs, word.text});
        cues.append(captions::cuesFromWords(words));
    }
    return cues;
}

Result<TranscriptionGenerateOutput> runTranscriptionGenerate(const TranscriptionGenerateInput& input, const RunTicket& ticket,
                                                             const ActorContext& context)
{
    const auto path = context.storage.resolve(input.filePath);
    if (!path)
        return errorOf(path);
    const auto engine = transcription::engineFromName(input.engine.stored());
    if (!engine)
        return failure(ErrorKind::Invalid, u"engine_unknown"_s, u"There is no engine '%1'"_s.arg(input.engine.stored()), u"/engine"_s);
    transcription::TranscribeRequest request;
    request.inputPath = *path;
    request.model = input.model.value_or(QString());
    request.language = input.language.value_or(QString());
    request.wordTimestamps = input.wordTimestamps;
    // In the storage, not in the system's folder: that may be small, and nobody would sweep it after a dead worker.
    const auto work = ActorOutput::prepareFolder(ticket, {}, u"sound"_s, context);
    if (!work)
        return errorOf(work);
    request.workFolder = work->temporaryPath();
    return transcription::transcribe(*engine, request, context.run).map([&](const auto& transcript) {
        return outputOf(transcript, input.engine);
    });
}

Result<CaptionsGenerateOutput> runCaptionsGenerate(const CaptionsGenerateInput& input, const RunTicket& ticket, const ActorContext& context)
{
    const auto path = context.storage.resolve(input.filePath);
    if (!path)
        return errorOf(path);
    const auto asked = captions::rendererFromName(input.renderer.stored());
    if (!asked)
        return failure(ErrorKind::Invalid, u"renderer_unknown"_s, u"There is no renderer '%1'"_s.arg(input.renderer.stored()),
                       u"/renderer"_s);
    const auto choice = captions::chooseRenderer(*asked);
    if (!choice)
        return errorOf(choice);
    const auto cues = cuesFor(input, ticket);
    if (!cues)
        return errorOf(cues);
    const auto style = styleFor(input, ticket);
    if (!style)
        return errorOf(style);
    const QString name = outputBaseName(input.filePath) + u"-captioned"_s;
    auto target = ActorOutput::prepare(ticket, input.outFolder, name + u".mp4"_s, context);
    if (!target)
        return errorOf(target);
    const auto work = ActorOutput::prepareFolder(ticket, input.outFolder, u"script"_s, context);
    if (!work)
        return errorOf(work);
    const captions::BurnInRequest request{
        .inputPath = *path, .outputPath = target->temporaryPath(), .cues = *cues, .style = *style, .workFolder = work->temporaryPath()};
    const auto burnt = captions::burnIn(request, context.run);
    if (!burnt)
        return errorOf(burnt);
    target->setName(name + u'.' + burnt->container);
    if (const auto published = target->publish(); !published)
        return errorOf(published);
    CaptionsGenerateOutput output;
    output.filePath = target->key();
    output.renderer = Word<CaptionRenderer>::fromStored(captions::rendererName(choice->renderer));
    if (!choice->fallbackReason.isEmpty())
        output.fallbackReason = choice->fallbackReason;
    output.durationMs = burnt->durationMs;
    output.sizeBytes = burnt->sizeBytes;
    return output;
}

}
