// SPDX-License-Identifier: Apache-2.0
#include "core/captions/style.h"

#include <QRegularExpression>

#include <algorithm>

namespace core::captions {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> badStyle(const QString& key, const QString& message)
{
    return failure(ErrorKind::Invalid, u"bad_style"_s, message, u"style/"_s + key);
}

bool isColor(const QString& text)
{
    static const QRegularExpression pattern(u"\\A#[0-9A-Fa-f]{6}\\z"_s);
    return pattern.match(text).hasMatch();
}

/// It becomes one field of a comma-separated line.
bool isFontName(const QString& name)
{
    return !name.trimmed().isEmpty() && name.size() <= 128 && std::none_of(name.cbegin(), name.cend(), [](QChar c) {
        return c == u',' || c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
    });
}

}

QString positionName(CaptionPosition position)
{
    switch (position) {
    case CaptionPosition::Bottom: return u"bottom"_s;
    case CaptionPosition::Middle: return u"middle"_s;
    case CaptionPosition::Top: return u"top"_s;
    }
    Q_UNREACHABLE();
}

std::optional<CaptionPosition> positionFromName(const QString& name)
{
    for (const CaptionPosition position : {CaptionPosition::Bottom, CaptionPosition::Middle, CaptionPosition::Top}) {
        if (positionName(position) == name)
            return position;
    }
    return std::nullopt;
}

Result<void> checkStyle(const CaptionStyle& style)
{
    if (!isFontName(style.font))
        return badStyle(u"font"_s, u"A font's name is 1 to 128 characters, without commas or control characters"_s);
    if (!isColor(style.primaryColor))
        return badStyle(u"primary_color"_s, u"A colour is written #RRGGBB"_s);
    if (!isColor(style.outlineColor))
        return badStyle(u"outline_color"_s, u"A colour is written #RRGGBB"_s);
    // Written so that a NaN is refused too.
    if (!(style.fontSize >= 8 && style.fontSize <= 400))
        return badStyle(u"font_size"_s, u"A font size is 8 to 400"_s);
    if (!(style.outline >= 0 && style.outline <= 40))
        return badStyle(u"outline"_s, u"An outline is 0 to 40 wide"_s);
    if (style.marginPx < 0 || style.marginPx > 500)
        return badStyle(u"margin_px"_s, u"A margin is 0 to 500 pixels"_s);
    return {};
}

const QList<BuiltinPreset>& builtinPresets()
{
    static const QList<BuiltinPreset> presets{
        {PresetId{u"builtin-clean"_s}, u"Clean"_s, {}},
        {PresetId{u"builtin-bold"_s},
         u"Bold yellow"_s,
         {.fontSize = 66, .primaryColor = u"#FFD84A"_s, .outline = 4, .marginPx = 80, .bold = true}},
        {PresetId{u"builtin-serif"_s},
         u"Serif"_s,
         {.font = u"DejaVu Serif"_s, .primaryColor = u"#FFF4DC"_s, .outlineColor = u"#241C14"_s, .outline = 2.5}},
        {PresetId{u"builtin-top"_s},
         u"Small, at the top"_s,
         {.fontSize = 42, .outline = 2.5, .position = CaptionPosition::Top, .marginPx = 40}},
    };
    return presets;
}

std::optional<BuiltinPreset> findBuiltinPreset(const PresetId& id)
{
    for (const BuiltinPreset& preset : builtinPresets()) {
        if (preset.id == id)
            return preset;
    }
    return std::nullopt;
}

}
