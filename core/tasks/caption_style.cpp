// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/caption_style.h"

#include "core/captions/style.h"
#include "core/tasks/payload_reader.h"
#include "core/tasks/payload_writer.h"

namespace core::tasks {

captions::CaptionStyle withChanges(captions::CaptionStyle style, const CaptionStyle& changes)
{
    const auto set = [](auto& to, const auto& from) {
        if (from)
            to = *from;
    };
    set(style.font, changes.font);
    set(style.fontSize, changes.fontSize);
    set(style.primaryColor, changes.primaryColor);
    set(style.outlineColor, changes.outlineColor);
    set(style.outline, changes.outline);
    set(style.bold, changes.bold);
    set(style.italic, changes.italic);
    if (changes.marginPx)
        style.marginPx = static_cast<int>(*changes.marginPx);
    if (changes.position)
        style.position = captions::positionFromName(changes.position->stored()).value_or(style.position);
    return style;
}

CaptionStyle readCaptionStyle(const QByteArray& json)
{
    CaptionStyle style;
    const auto document = JsonText::parse(json);
    if (!document || document->root().kind() != JsonKind::Object)
        return style;    // a preset that cannot be read has the default looks
    Findings findings;
    const Path path;
    Reader reader(document->root(), path, findings);
    style.describe(reader);
    return style;
}

namespace {

CaptionStyle everyKeyOf(const captions::CaptionStyle& style)
{
    CaptionStyle written;
    written.font = style.font;
    written.fontSize = style.fontSize;
    written.primaryColor = style.primaryColor;
    written.outlineColor = style.outlineColor;
    written.outline = style.outline;
    written.position = Word<CaptionPosition>::fromStored(captions::positionName(style.position));
    written.marginPx = style.marginPx;
    written.bold = style.bold;
    written.italic = style.italic;
    return written;
}

}

QByteArray writeCaptionStyle(const captions::CaptionStyle& style)
{
    return writeFresh(everyKeyOf(style));
}

QByteArray writeCaptionStyleInto(const QByteArray& stored, const captions::CaptionStyle& style)
{
    const auto document = JsonText::parse(stored);
    if (!document || document->root().kind() != JsonKind::Object)
        return writeCaptionStyle(style);
    const CaptionStyle before = everyKeyOf(withChanges({}, readCaptionStyle(stored)));
    return rewrite(document->root(), before, everyKeyOf(style));
}

}
