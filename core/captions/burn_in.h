// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/captions/fonts.h"
#include "core/captions/models.h"
#include "core/media/run_context.h"

#include <QList>
#include <QString>

namespace core::captions {

struct BurnInRequest {
    QString inputPath{};     ///< absolute
    QString outputPath{};    ///< a temporary name; the caller gives the file its final one, with the result's container as suffix
    QList<CaptionCue> cues{};
    CaptionStyle style{};
    QString workFolder{};    ///< for the script, removed at the end; empty: the system's
};

struct BurnInResult {
    QString container;    ///< "mp4", or "mkv" where the sound does not fit into one: the sound is copied, never encoded again
    qint64 durationMs = 0;
    qint64 sizeBytes = 0;
    FontReport fonts;
    bool isFontReplaced = false;    ///< the style's font is not installed; fonts.used says what was taken
    qint64 lostFrames = 0;          ///< frames of a damaged input that could not be decoded
};

/// Draws the cues into the pictures of a video with ffmpeg's libass; the pictures become H.264.
/// The output is judged: no shorter than the input, as many frames and the last at its time, within one frame. On any error and on cancel it is removed.
/// Errors: Invalid `no_cues` (none has text, or none begins before the video ends), `cue_times`, `bad_style`, `no_video`; Unavailable `font_missing`;
/// `output_incomplete`; Internal `frames_lost`; those of media::probe, media::runFfmpeg and media::judgeOutput; Cancelled.
[[nodiscard]] Result<BurnInResult> burnIn(const BurnInRequest& request, const media::RunContext& context);

}
