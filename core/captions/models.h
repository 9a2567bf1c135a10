// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace core::captions {

/// A text and when it is seen, in milliseconds from the beginning of the file. Line breaks in the text are line breaks in the picture.
struct CaptionCue {
    qint64 startMs = 0;
    qint64 endMs = 0;
    QString text;

    bool operator==(const CaptionCue&) const = default;
};

enum class CaptionPosition { Bottom, Middle, Top };

/// Sizes are pixels of a picture whose shorter side is 1080 and scale with the real one, so that one style suits every video.
struct CaptionStyle {
    QString font = QStringLiteral("DejaVu Sans");    ///< a family; what the machine lacks is replaced, and the result says by what
    double fontSize = 54;
    QString primaryColor = QStringLiteral("#FFFFFF");
    QString outlineColor = QStringLiteral("#000000");
    double outline = 3;
    CaptionPosition position = CaptionPosition::Bottom;
    int marginPx = 60;    ///< from the edge at which the captions stand, and from both sides
    bool bold = false;
    bool italic = false;

    bool operator==(const CaptionStyle&) const = default;
};

struct BuiltinPreset {
    PresetId id;
    QString name;
    CaptionStyle style;
};

/// The presets that every store has: their ids never change and nobody edits them. The first is the one used when a job names none.
[[nodiscard]] const QList<BuiltinPreset>& builtinPresets();

/// A row of caption_presets; the built-in ones are values (style.h) and have none.
struct StoredPreset {
    PresetId id;
    QString name;
    QByteArray style;    ///< JSON as stored
    bool isBuiltin = false;
    QString userId;
    Time createdAt{};
    Time updatedAt{};
};
inline constexpr int presetCeiling = 1000;

/// A preset as a list shows it: every field of its style filled in.
struct Preset {
    PresetId id;
    QString name;
    CaptionStyle style;
    bool isBuiltin = false;
    QString userId;
    std::optional<Time> updatedAt;    ///< absent for a built-in one
};

}
