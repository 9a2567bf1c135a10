// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/schemas.h"

namespace core::tasks {

using namespace Qt::StringLiterals;

std::span<const Spelling<StreamKind>> spellings(StreamKind)
{
    static constexpr Spelling<StreamKind> all[] = {{StreamKind::Video, "video"},
                                                   {StreamKind::Audio, "audio"},
                                                   {StreamKind::Subtitle, "subtitle"},
                                                   {StreamKind::Data, "data"},
                                                   {StreamKind::Attachment, "attachment"}};
    return all;
}

std::span<const Spelling<Container>> spellings(Container)
{
    static constexpr Spelling<Container> all[] = {{Container::Mp4, "mp4"}, {Container::Webm, "webm"}, {Container::Mkv, "mkv"},
                                                  {Container::Mov, "mov"}, {Container::Mp3, "mp3"},   {Container::M4a, "m4a"},
                                                  {Container::Wav, "wav"}, {Container::Ogg, "ogg"}};
    return all;
}

std::span<const Spelling<FrameMode>> spellings(FrameMode)
{
    static constexpr Spelling<FrameMode> all[] = {
        {FrameMode::Interval, "interval"}, {FrameMode::Timestamps, "timestamps"}, {FrameMode::Scene, "scene"}};
    return all;
}

std::span<const Spelling<ImageFormat>> spellings(ImageFormat)
{
    static constexpr Spelling<ImageFormat> all[] = {{ImageFormat::Jpg, "jpg"}, {ImageFormat::Png, "png"}};
    return all;
}

std::span<const Spelling<SpeechEngine>> spellings(SpeechEngine)
{
    static constexpr Spelling<SpeechEngine> all[] = {{SpeechEngine::PocketSphinx, "pocketsphinx"}, {SpeechEngine::OpenAi, "openai"}};
    return all;
}

std::span<const Spelling<CaptionRenderer>> spellings(CaptionRenderer)
{
    static constexpr Spelling<CaptionRenderer> all[] = {
        {CaptionRenderer::Auto, "auto"}, {CaptionRenderer::Remotion, "remotion"}, {CaptionRenderer::Local, "local"}};
    return all;
}

std::span<const Spelling<CaptionPosition>> spellings(CaptionPosition)
{
    static constexpr Spelling<CaptionPosition> all[] = {
        {CaptionPosition::Bottom, "bottom"}, {CaptionPosition::Top, "top"}, {CaptionPosition::Middle, "middle"}};
    return all;
}

QString diagnosticKindName(DiagnosticKind kind)
{
    switch (kind) {
    case DiagnosticKind::NotJson: return u"not_json"_s;
    case DiagnosticKind::Missing: return u"missing"_s;
    case DiagnosticKind::WrongType: return u"wrong_type"_s;
    case DiagnosticKind::TooLarge: return u"too_large"_s;
    case DiagnosticKind::DuplicateKey: return u"duplicate_key"_s;
    case DiagnosticKind::UnknownWord: return u"unknown_word"_s;
    case DiagnosticKind::ReplacedText: return u"replaced_text"_s;
    case DiagnosticKind::Refused: return u"refused"_s;
    case DiagnosticKind::UnknownKey: return u"unknown_key"_s;
    case DiagnosticKind::Forgiven: return u"forgiven"_s;
    }
    Q_UNREACHABLE();
}

}
