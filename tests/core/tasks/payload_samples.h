// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/schemas.h"

namespace samples {

/// A payload of each type with every key set, so that what a visitor forgets shows.
inline QList<std::pair<core::JobType, core::tasks::InputPayload>> fullInputs()
{
    using namespace core::tasks;
    using namespace Qt::StringLiterals;
    SilenceApplyInput apply{u"a.mp4"_s, u"cut"_s, QList<Segment>{{0, 500}, {900, 1200}}, std::nullopt, 50};
    MediaConvertInput convert{u"a.mp4"_s, u"out"_s, Container::Webm, u"vp9"_s, u"opus"_s, 640, 360, 29.97, 30, 900'000, 96'000};
    FrameExtractInput frames{u"a.mp4"_s, u"f"_s, FrameMode::Timestamps, 2000, {0, 40, 1000}, 0.25, 320, ImageFormat::Png, 7};
    CaptionStyle style{
        u"DejaVu Sans"_s, 28.5, u"#ffcc00"_s, u"#000000"_s, 1.5, Word<CaptionPosition>(CaptionPosition::Top), 12, true, false};
    CaptionsGenerateInput captions{u"a.mp4"_s,
                                   u"c"_s,
                                   std::nullopt,
                                   QList<CaptionSegment>{{0, 900, u"Hello\n\"you\""_s}},
                                   core::PresetId{u"p1"_s},
                                   style,
                                   CaptionRenderer::Local};
    return {{core::JobType::MediaProbe, MediaProbeInput{u"in/é \"x\".mp4"_s}},
            {core::JobType::SilenceDetect, SilenceDetectInput{u"a.wav"_s, -42.5, 250}},
            {core::JobType::SilenceApply, apply},
            {core::JobType::MediaConvert, convert},
            {core::JobType::TranscriptionGenerate,
             TranscriptionGenerateInput{u"a.wav"_s, SpeechEngine::OpenAi, u"whisper-1"_s, u"en"_s, false}},
            {core::JobType::FrameExtract, frames},
            {core::JobType::CaptionsGenerate, captions}};
}

inline QList<std::pair<core::JobType, core::tasks::OutputPayload>> fullOutputs()
{
    using namespace core::tasks;
    using namespace Qt::StringLiterals;
    MediaProbeOutput probe;
    probe.format = {u"mov,mp4"_s, 6200, 123456, 159298};
    probe.streams << StreamInfo{0, StreamKind::Video, u"h264"_s, 320, 180, 25.0, 90, std::nullopt, std::nullopt, u"und"_s, 6200}
                  << StreamInfo{1, StreamKind::Audio, u"aac"_s, std::nullopt, std::nullopt, std::nullopt, std::nullopt, 16000,
                                1, u"en"_s,           6190};
    probe.raw.bytes = R"({"streams":[{"index":0}]})";
    TranscriptionGenerateOutput speech{
        core::TranscriptionId{u"t1"_s}, Word<SpeechEngine>(SpeechEngine::PocketSphinx), u"en-us"_s, u"en"_s, 4000, u"go on"_s, {}};
    speech.segments << TranscriptSegment{100, 900, u"go on"_s, 0.75, {{100, 400, u"go"_s, 0.5}, {400, 900, u"on"_s, std::nullopt}}};
    return {{core::JobType::MediaProbe, probe},
            {core::JobType::SilenceDetect, SilenceDetectOutput{6200, 1300, {{0, 500}, {2000, 2800}}}},
            {core::JobType::SilenceApply, SilenceApplyOutput{u"cut/1/a.mp4"_s, 5000, 1200, 99}},
            {core::JobType::MediaConvert, MediaConvertOutput{u"out/1/a.webm"_s, Word<Container>(Container::Webm), 6200, 77}},
            {core::JobType::TranscriptionGenerate, speech},
            {core::JobType::FrameExtract, FrameExtractOutput{{{u"f/1/1.png"_s, 0, 320, 180}, {u"f/1/2.png"_s, 40, 320, 180}}, u"f/1"_s}},
            {core::JobType::CaptionsGenerate, CaptionsGenerateOutput{u"c/1/a.mp4"_s, Word<CaptionRenderer>(CaptionRenderer::Local), u"r9"_s,
                                                                     u"no render service"_s, 6200, 55}}};
}

}
