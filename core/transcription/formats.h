// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transcription/models.h"

#include <QByteArray>

namespace core::transcription {

/// SubRip, UTF-8 without a mark, one cue for each segment, numbered from 1. The format has no escapes: a blank line would end the cue, so blank
/// lines are left out, and "-->" gets a word joiner (U+2060) before its point. Tags and braces stay as they were said.
[[nodiscard]] QByteArray toSrt(const QList<TranscriptSegment>& segments);

/// WebVTT (W3C): hours always written, '&', '<', '>' escaped, which takes care of "-->". (ffmpeg's own writer does not escape.)
[[nodiscard]] QByteArray toWebVtt(const QList<TranscriptSegment>& segments);

/// The whole transcript as an indented JSON document with the keys of the job's output; a confidence that is absent has no key.
[[nodiscard]] QByteArray toJsonDocument(const Transcript& transcript);

}
