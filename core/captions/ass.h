// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/captions/models.h"

#include <QByteArray>
#include <QList>
#include <QSize>

namespace core::captions {

/// Plain text as an ASS Text field shows it: nothing of it is taken for an override or an escape.
[[nodiscard]] QString escapedForAss(const QString& text);

/// An ASS script (UTF-8) of one style, for libass: PlayRes is `picture`, the size of the frames as they are shown. Times are rounded once, to
/// 10 ms, so that each cue ends after it starts and none overlaps that did not before. Cues without visible text are left out.
/// The style must have passed checkStyle().
[[nodiscard]] QByteArray toAss(const QList<CaptionCue>& cues, const CaptionStyle& style, QSize picture);

}
