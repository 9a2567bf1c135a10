// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/captions/models.h"
#include "core/media/run_context.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

namespace core::captions {

/// Which fonts libass takes for a text, as its `fontselect:` log lines tell. It replaces a missing font silently.
struct FontReport {
    QStringList used;             ///< PostScript names in the order of their need: "DejaVuSans", then those of characters it lacks
    QString missingCharacters;    ///< which no font has: they show as boxes

    [[nodiscard]] bool isReplaced(const QString& asked) const;    ///< the first used font is not the one asked for

    /// Takes in one line of ffmpeg's log at level info.
    void readLogLine(QByteArrayView line);
};

/// Draws every character of the cues once, on one small frame, and reads which fonts that took: an answer in 0.1 s instead of a video without
/// captions after an hour. `folder` is a private folder for the script.
/// Errors: Unavailable `font_missing` when nothing would show; those of media::runProcess.
[[nodiscard]] Result<FontReport> checkFonts(const QList<CaptionCue>& cues, const CaptionStyle& style, const QString& folder,
                                            const media::RunContext& context);

}
