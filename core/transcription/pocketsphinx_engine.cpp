// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/pocketsphinx_engine.h"

#include "core/media/probe.h"
#include "core/media/progress.h"
#include "core/transcription/audio.h"
#include "core/transcription/normalise.h"
#include "core/transcription/utterances.h"

#include <QDir>
#include <QStringList>
#include <QTemporaryDir>

#include <algorithm>

namespace core::transcription {

namespace {

using namespace Qt::StringLiterals;

constexpr double decodedAt = 0.1;    // of the progress: ffmpeg's part is short

Result<void> checkChoice(const TranscribeRequest& request)
{
    const QString language = request.language.toLower().replace(u'_', u'-');
    if (!language.isEmpty() && language != u"en"_s && language != u"en-us"_s) {
        return failure(ErrorKind::Invalid, u"language_not_supported"_s,
                       u"PocketSphinx has a model for \"en\" only, not for \"%1\""_s.arg(request.language), u"language"_s);
    }
    if (!request.model.isEmpty() && request.model != u"en-us"_s) {
        return failure(ErrorKind::Invalid, u"model_not_available"_s,
                       u"PocketSphinx has the model \"en-us\" only, not \"%1\""_s.arg(request.model), u"model"_s);
    }
    return {};
}

/// The utterance as a segment of the whole file; nothing was said in it if its text is empty.
TranscriptSegment segmentOf(QList<TranscriptWord> words, qint64 offsetMs)
{
    TranscriptSegment segment;
    QStringList texts;
    double sum = 0;
    qsizetype withConfidence = 0;
    for (TranscriptWord& word : words) {
        word.startMs += offsetMs;
        word.endMs += offsetMs;
        texts << word.text;
        if (word.confidence) {
            sum += *word.confidence;
            ++withConfidence;
        }
    }
    if (words.isEmpty())
        return segment;
    segment.startMs = words.first().startMs;
    segment.endMs = words.last().endMs;
    segment.text = texts.join(u' ');
    if (withConfidence > 0)
        segment.confidence = sum / static_cast<double>(withConfidence);
    segment.words = std::move(words);
    return segment;
}

Result<QList<TranscriptSegment>> recognise(const Samples& samples, const PocketSphinxSettings& settings, media::ProgressMeter& progress,
                                           const media::RunContext& context)
{
    const auto levels = samples.levels();
    if (!levels)
        return errorOf(levels);
    const QList<Utterance> utterances = cutAtPauses(*levels);
    if (utterances.isEmpty())
        return QList<TranscriptSegment>{};    // and the model need not be loaded

    auto decoder = PocketSphinxDecoder::open(settings, context.cancel);
    if (!decoder)
        return errorOf(decoder);
    QList<TranscriptSegment> segments;
    for (const Utterance& utterance : utterances) {
        const auto sound =
            samples.read(utterance.startFrame * samplesPerFrame, (utterance.endFrame - utterance.startFrame) * samplesPerFrame);
        if (!sound)
            return errorOf(sound);
        auto words = decoder->decode(*sound, context.cancel);
        if (!words)
            return errorOf(words);
        if (!words->isEmpty())
            segments << segmentOf(std::move(*words), utterance.startFrame * 10);
        progress.set(static_cast<double>(utterance.endFrame) / static_cast<double>(levels->size()));
    }
    return segments;
}

}

Result<Transcript> transcribeWithPocketSphinx(const TranscribeRequest& request, const PocketSphinxSettings& settings,
                                              const media::RunContext& context)
{
    if (const auto choice = checkChoice(request); !choice)
        return errorOf(choice);
    if (const auto model = checkPocketSphinxModel(settings); !model)
        return errorOf(model);

    const QString parent = request.workFolder.isEmpty() ? QDir::tempPath() : request.workFolder;
    const QTemporaryDir folder(parent + u"/transcribe-XXXXXX"_s);
    if (!folder.isValid())
        return failure(ErrorKind::Unavailable, u"work_folder_unusable"_s, u"No temporary folder could be made"_s, {}, folder.errorString());
    const auto file = media::probe(request.inputPath, context);
    if (!file)
        return errorOf(file);
    media::ProgressMeter decoding(context, 0, decodedAt);
    const auto samples = Samples::decode(*file, folder.filePath(u"samples.s16le"_s), decoding, context);
    if (!samples)
        return errorOf(samples);

    media::ProgressMeter recognising(context, decodedAt, 1);
    auto segments = recognise(*samples, settings, recognising, context);
    if (!segments)
        return errorOf(segments);
    const qint64 durationMs = file->facts.durationMs.value_or(samples->durationMs());    // a live recording states none
    Transcript transcript{
        engineName(Engine::PocketSphinx), pocketSphinxVersion(), u"en-us"_s, u"en"_s, durationMs, {}, std::move(*segments)};
    if (!request.wordTimestamps) {
        for (TranscriptSegment& segment : transcript.segments)
            segment.words.clear();
    }
    recognising.finish();
    return normalised(std::move(transcript));
}

}
