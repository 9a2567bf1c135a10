// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/payload_types.h"

namespace core::tasks {

enum class CaptionRenderer { Auto, Remotion, Local, Unknown };
[[nodiscard]] std::span<const Spelling<CaptionRenderer>> spellings(CaptionRenderer);

enum class CaptionPosition { Bottom, Top, Middle, Unknown };
[[nodiscard]] std::span<const Spelling<CaptionPosition>> spellings(CaptionPosition);

struct CaptionSegment {
    qint64 startMs = 0;
    qint64 endMs = 0;
    QString text;
    bool operator==(const CaptionSegment&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("start_ms", startMs, "Shown from, milliseconds from the beginning of the file.", Rule{.minimum = 0});
        f.required("end_ms", endMs, "Shown until, milliseconds; greater than the start.", Rule{.minimum = 0});
        f.required("text", text, "The caption; may hold line breaks.");
        f.ordered("start_ms", startMs, "end_ms", endMs);
    }
};

/// What is absent is left to the preset or to the renderer's own look.
struct CaptionStyle {
    std::optional<QString> font;
    std::optional<double> fontSize;
    std::optional<QString> primaryColor;
    std::optional<QString> outlineColor;
    std::optional<double> outline;
    std::optional<Word<CaptionPosition>> position;
    std::optional<qint64> marginPx;
    std::optional<bool> bold;
    std::optional<bool> italic;
    bool operator==(const CaptionStyle&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.optional("font", font, "Name of the font family.", Rule{.notEmpty = true});
        f.optional("font_size", fontSize, "Height of the letters, pixels of the video.", Rule{.above = 0, .maximum = 1000});
        f.optional("primary_color", primaryColor, "Colour of the letters, #RRGGBB.", Rule{.isColor = true});
        f.optional("outline_color", outlineColor, "Colour of their outline, #RRGGBB.", Rule{.isColor = true});
        f.optional("outline", outline, "Thickness of the outline, pixels.", Rule{.minimum = 0, .maximum = 100});
        f.optional("position", position, "Where in the picture.");
        f.optional("margin_px", marginPx, "Distance from the edge, pixels.", Rule{.minimum = 0, .maximum = 16384});
        f.optional("bold", bold, "Bold letters.");
        f.optional("italic", italic, "Slanted letters.");
    }
};

struct CaptionsGenerateInput {
    QString filePath;
    std::optional<QString> outFolder;
    std::optional<TranscriptionId> transcriptionId;
    std::optional<QList<CaptionSegment>> segments;
    std::optional<PresetId> presetId;
    std::optional<CaptionStyle> style;
    Word<CaptionRenderer> renderer = CaptionRenderer::Auto;
    bool operator==(const CaptionsGenerateInput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("file_path", filePath, "Storage key of the video.", Rule{.notEmpty = true});
        f.optional("out_folder", outFolder, "Folder for the result, below the storage root.");
        f.optional("transcription_id", transcriptionId, "The transcription to show.", Rule{.notEmpty = true});
        f.optional("segments", segments, "Or: the captions themselves.", Rule{.notEmpty = true});
        f.exactlyOne("transcription_id", "segments");
        f.optional("preset_id", presetId, "The preset to draw them with.", Rule{.notEmpty = true});
        f.optional("style", style, "Or: the style itself.");
        f.optional("renderer", renderer, "Who draws them; auto tries Remotion and falls back to local.");
    }
};

struct CaptionsGenerateOutput {
    QString filePath;
    std::optional<Word<CaptionRenderer>> renderer;
    std::optional<QString> renderId;
    std::optional<QString> fallbackReason;
    std::optional<qint64> durationMs;
    std::optional<qint64> sizeBytes;
    bool operator==(const CaptionsGenerateOutput&) const = default;

    template <class Fields>
    void describe(Fields& f)
    {
        f.required("file_path", filePath, "Storage key of the captioned video.", Rule{.notEmpty = true});
        f.optional("renderer", renderer, "Who drew the captions.");
        f.optional("render_id", renderId, "The render service's own id.");
        f.optional("fallback_reason", fallbackReason, "Why the first choice of renderer was not used.");
        f.optional("duration_ms", durationMs, "Length of the result, milliseconds.");
        f.optional("size_bytes", sizeBytes, "Size of the result, bytes.");
    }
};

}
