// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transcription/models.h"

#include <QByteArray>

namespace core::transcription {

// toSrt() and toWebVtt() are declared beside the value they write, in models.h: the console copies with them.

/// The whole transcript as an indented JSON document with the keys of the job's output; a confidence that is absent has no key.
[[nodiscard]] QByteArray toJsonDocument(const Transcript& transcript);

}
