// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/captions/models.h"
#include "core/tasks/schemas_captions.h"

namespace core::tasks {

/// Our keys over a style that is complete already: what the changes do not say stays.
[[nodiscard]] captions::CaptionStyle withChanges(captions::CaptionStyle style, const CaptionStyle& changes);
/// The style of a stored preset. What cannot be read is absent.
[[nodiscard]] CaptionStyle readCaptionStyle(const QByteArray& json);
/// Every key of a complete style.
[[nodiscard]] QByteArray writeCaptionStyle(const captions::CaptionStyle& style);
/// The same written into a stored one: only what it changes, so that keys of others and spellings stay.
[[nodiscard]] QByteArray writeCaptionStyleInto(const QByteArray& stored, const captions::CaptionStyle& style);

}
