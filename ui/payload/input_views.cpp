// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/input_views.h"

#include "ui/base/compact_table.h"
#include "ui/base/format.h"
#include "ui/payload/field_form.h"
#include "ui/payload/media_words.h"
#include "ui/session/navigator.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using namespace core::tasks;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("InputViews", text);
}

template <class Input>
FieldForm* newForm(const Input& input, QWidget* parent)
{
    auto* form = new FieldForm(inputRows(InputPayload(input)), parent);
    form->beginGroup({});
    form->addField(u"file_path"_s, tr("File"), {.text = input.filePath, .isMono = true});
    return form;
}

void addOutFolder(FieldForm& form, const std::optional<QString>& folder)
{
    if (folder)
        form.addField(u"out_folder"_s, tr("Folder for results"), {.text = *folder, .isMono = true});
    else
        form.addUnset(u"out_folder"_s, tr("Folder for results"), tr("the job's own folder"));
}

void addOptional(FieldForm& form, const QString& key, const QString& label, const std::optional<QString>& value, const QString& instead)
{
    if (value)
        form.addField(key, label, {.text = *value});
    else
        form.addUnset(key, label, instead);
}

/// Copies the lists it shows: a view outlives the payload it was made of.
template <class Piece>
CompactTable* newSegmentTable(const QString& name, const QList<Piece>& segments, QWidget* parent)
{
    QList<CompactColumn> columns{{u"#"_s, true}, {tr("Start"), true, true}, {tr("End"), true, true}, {tr("Length"), true}};
    constexpr bool hasText = requires(const Piece& piece)
    {
        piece.text;
    };
    columns << CompactColumn{hasText ? tr("Text") : QString(), false, false, hasText};
    auto* model = new CompactModel(columns, static_cast<int>(segments.size()), [segments](int row, int column) -> QString {
        const Piece& piece = segments.at(row);
        switch (column) {
        case 0: return QString::number(row + 1);
        case 1: return timecode(piece.startMs);
        case 2: return timecode(piece.endMs);
        case 3: return QString::number(static_cast<double>(piece.endMs - piece.startMs) / 1000, 'f', 2) + u" s"_s;
        default:
            if constexpr (requires { piece.text; })
                return piece.text;
            return u" "_s;    // an empty one would be a dash
        }
    });
    return new CompactTable(name, model, parent);
}

void addStyle(FieldForm& form, const CaptionStyle& style)
{
    form.beginGroup(tr("Style"));
    const auto text = [&](const char* key, const QString& label, const std::optional<QString>& value) {
        if (value)
            form.addField(u"style/"_s + QLatin1String(key), label, {.text = *value});
    };
    const auto pixels = [&](const char* key, const QString& label, const auto& value) {
        if (value)
            form.addField(u"style/"_s + QLatin1String(key), label, {.text = tr("%1 px").arg(numberText(static_cast<double>(*value)))});
    };
    const auto color = [&](const char* key, const QString& label, const std::optional<QString>& value) {
        if (!value)
            return;
        text(key, label, value);
        form.addSwatch(*value);
    };
    text("font", tr("Font"), style.font);
    pixels("font_size", tr("Height of letters"), style.fontSize);
    color("primary_color", tr("Letters"), style.primaryColor);
    color("outline_color", tr("Outline"), style.outlineColor);
    pixels("outline", tr("Outline width"), style.outline);
    if (style.position)
        form.addField(u"style/position"_s, tr("Position"), {.text = style.position->stored()});
    pixels("margin_px", tr("From the edge"), style.marginPx);
    const auto yesOrNo = [&](const char* key, const QString& label, const std::optional<bool>& value) {
        if (value)
            form.addField(u"style/"_s + QLatin1String(key), label, {.text = *value ? tr("yes") : tr("no")});
    };
    yesOrNo("bold", tr("Bold"), style.bold);
    yesOrNo("italic", tr("Italic"), style.italic);
    if (style == CaptionStyle{})
        form.addUnset(u"style"_s, tr("Style"), tr("empty; the renderer's own look"));
}

}

QWidget* newInputView(const PayloadContext&, const MediaProbeInput& input, QWidget* parent)
{
    return newForm(input, parent);
}

QWidget* newInputView(const PayloadContext&, const SilenceDetectInput& input, QWidget* parent)
{
    const SilenceDetectInput defaults;
    FieldForm* form = newForm(input, parent);
    form->beginGroup(tr("What counts as silence"));
    form->addField(u"noise_db"_s, tr("Quieter than"),
                   {.text = decibelText(input.noiseDb), .isDefault = qFuzzyCompare(input.noiseDb, defaults.noiseDb)});
    form->addField(u"min_silence_ms"_s, tr("For at least"),
                   {.text = millisecondsText(input.minSilenceMs), .isDefault = input.minSilenceMs == defaults.minSilenceMs});
    return form;
}

QWidget* newInputView(const PayloadContext& context, const SilenceApplyInput& input, QWidget* parent)
{
    FieldForm* form = newForm(input, parent);
    addOutFolder(*form, input.outFolder);
    form->beginGroup(tr("What is cut"));
    form->addField(u"padding_ms"_s, tr("Kept on each side"),
                   {.text = millisecondsText(input.paddingMs), .isDefault = input.paddingMs == SilenceApplyInput{}.paddingMs});
    if (input.detectJobId) {
        form->addField(u"detect_job_id"_s, tr("Silences found by"), {.text = input.detectJobId->toString(), .isMono = true});
        form->addAct(tr("Show the job"), [navigator = &context.ui.navigator, id = *input.detectJobId] { emit navigator->jobAsked(id); });
    }
    if (input.segments) {
        form->addField(u"segments"_s, tr("Silences"), {.text = countText(input.segments->size())});
        form->addWidget(newSegmentTable(tr("Silences to remove"), *input.segments, form));
    }
    return form;
}

void addConvertSettings(FieldForm& form, const MediaConvertInput& input)
{
    const auto number = [&](const char* key, const QString& label, const auto& value, auto words, const QString& instead) {
        if (value)
            form.addField(QLatin1String(key), label, {.text = words(*value), .exact = numberText(static_cast<double>(*value))});
        else
            form.addUnset(QLatin1String(key), label, instead);
    };
    const auto pixels = [](qint64 count) { return tr("%1 px").arg(count); };
    form.addField(u"container"_s, tr("Container"), {.text = input.container.stored()});
    form.beginGroup(tr("Picture"));
    addOptional(form, u"video_codec"_s, tr("Codec"), input.videoCodec, tr("the container's usual one"));
    number("width", tr("Width"), input.width, pixels, input.height ? tr("follows the height") : tr("as in the file"));
    number("height", tr("Height"), input.height, pixels, input.width ? tr("follows the width") : tr("as in the file"));
    number("frame_rate", tr("Frame rate"), input.frameRate, frameRateText, tr("as in the file"));
    number(
        "crf", tr("Quality (CRF)"), input.crf, [](qint64 crf) { return QString::number(crf); }, tr("the codec's own"));
    number("video_bitrate_bps", tr("Bit rate"), input.videoBitrateBps, bitRateText, tr("by quality"));
    form.beginGroup(tr("Sound"));
    addOptional(form, u"audio_codec"_s, tr("Codec"), input.audioCodec, tr("the container's usual one"));
    number("audio_bitrate_bps", tr("Bit rate"), input.audioBitrateBps, bitRateText, tr("the codec's own"));
}

QWidget* newInputView(const PayloadContext&, const MediaConvertInput& input, QWidget* parent)
{
    FieldForm* form = newForm(input, parent);
    addOutFolder(*form, input.outFolder);
    addConvertSettings(*form, input);
    return form;
}

QWidget* newInputView(const PayloadContext&, const TranscriptionGenerateInput& input, QWidget* parent)
{
    const TranscriptionGenerateInput defaults;
    FieldForm* form = newForm(input, parent);
    form->beginGroup(tr("Speech"));
    form->addField(u"engine"_s, tr("Engine"), {.text = input.engine.stored(), .isDefault = input.engine == defaults.engine});
    addOptional(*form, u"model"_s, tr("Model"), input.model, tr("the engine's own choice"));
    addOptional(*form, u"language"_s, tr("Language"), input.language, tr("not said"));
    form->addField(u"word_timestamps"_s, tr("Times of words"),
                   {.text = input.wordTimestamps ? tr("yes") : tr("no"), .isDefault = input.wordTimestamps == defaults.wordTimestamps});
    return form;
}

QWidget* newInputView(const PayloadContext&, const FrameExtractInput& input, QWidget* parent)
{
    const FrameExtractInput defaults;
    FieldForm* form = newForm(input, parent);
    addOutFolder(*form, input.outFolder);
    form->beginGroup(tr("Which frames"));
    form->addField(u"mode"_s, tr("Mode"), {.text = input.mode.stored(), .isDefault = input.mode == defaults.mode});
    // all three are stored whatever the mode; only one has a say
    const FrameMode mode = input.mode;
    if (mode == FrameMode::Interval || mode == FrameMode::Unknown)
        form->addField(u"interval_ms"_s, tr("One every"),
                       {.text = millisecondsText(input.intervalMs), .isDefault = input.intervalMs == defaults.intervalMs});
    if (mode == FrameMode::Scene || mode == FrameMode::Unknown)
        form->addField(
            u"scene_threshold"_s, tr("Change of scene"),
            {.text = numberText(input.sceneThreshold), .isDefault = qFuzzyCompare(input.sceneThreshold, defaults.sceneThreshold)});
    form->addField(u"max_frames"_s, tr("At most"),
                   {.text = tr("%1 frames").arg(countText(input.maxFrames)), .isDefault = input.maxFrames == defaults.maxFrames});
    if (!input.timestampsMs.isEmpty()) {
        form->addField(u"timestamps_ms"_s, tr("Times asked for"), {.text = countText(input.timestampsMs.size())});
        const QList<CompactColumn> columns{{u"#"_s, true}, {tr("Time"), true, true}, {}};
        auto* model =
            new CompactModel(columns, static_cast<int>(input.timestampsMs.size()), [times = input.timestampsMs](int row, int column) {
                return column == 0 ? QString::number(row + 1) : column == 1 ? timecode(times.at(row)) : u" "_s;
            });
        form->addWidget(new CompactTable(tr("Times asked for"), model, form));
    }
    form->beginGroup(tr("Pictures"));
    form->addField(u"image_format"_s, tr("Format"),
                   {.text = input.imageFormat.stored(), .isDefault = input.imageFormat == defaults.imageFormat});
    if (input.width)
        form->addField(u"width"_s, tr("Width"), {.text = tr("%1 px").arg(*input.width)});
    else
        form->addUnset(u"width"_s, tr("Width"), tr("as in the file"));
    return form;
}

QWidget* newInputView(const PayloadContext& context, const CaptionsGenerateInput& input, QWidget* parent)
{
    FieldForm* form = newForm(input, parent);
    addOutFolder(*form, input.outFolder);
    form->beginGroup(tr("Captions"));
    Navigator* const navigator = &context.ui.navigator;
    if (input.transcriptionId) {
        const QString id = input.transcriptionId->toString();
        form->addField(u"transcription_id"_s, tr("Transcription"), {.text = id, .isMono = true});
        form->addAct(tr("Show its job"), [navigator, id] { emit navigator->filterAsked(u"output.transcription_id:\"%1\""_s.arg(id)); });
    }
    form->addField(u"renderer"_s, tr("Renderer"), {.text = input.renderer.stored(), .isDefault = input.renderer == CaptionRenderer::Auto});
    if (input.presetId) {
        form->addField(u"preset_id"_s, tr("Preset"), {.text = input.presetId->toString(), .isMono = true});
        form->addAct(tr("Show presets"), [navigator] { emit navigator->pageAsked(Page::Presets); });
    }
    if (input.segments) {
        form->addField(u"segments"_s, tr("Own captions"), {.text = countText(input.segments->size())});
        form->addWidget(newSegmentTable(tr("Captions"), *input.segments, form));
    }
    if (input.style)
        addStyle(*form, *input.style);
    else if (!input.presetId)
        form->addUnset(u"preset_id"_s, tr("Style"), tr("the renderer's own look"));
    return form;
}

}
