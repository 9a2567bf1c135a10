// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

#include <span>

namespace core::transcription {

/// A stretch of sound to recognise in one go, in frames of 10 ms; the end is exclusive.
struct Utterance {
    qint64 startFrame = 0;
    qint64 endFrame = 0;

    bool operator==(const Utterance&) const = default;
};

/// In frames of 10 ms.
struct UtteranceRules {
    qint64 pause = 40;        ///< quiet for so long parts two utterances
    qint64 padding = 20;      ///< of the pause is left on each side of the speech, for the decoder's silence model
    qint64 longest = 1500;    ///< anything longer is cut where it is quietest; the decoder's last pass over it cannot be interrupted
    qint64 shortest = 5;      ///< a click of less is no speech
};

/// Level of one frame in dB of full scale, at least -100.
[[nodiscard]] float levelOf(std::span<const qint16> samples);

/// Where to cut a recording, given the level of each of its frames. What counts as quiet follows the recording's own noise floor, so that a hiss
/// hides no pause; a recording that never rises over its floor holds no speech. In order, without overlap.
[[nodiscard]] QList<Utterance> cutAtPauses(std::span<const float> levels, const UtteranceRules& rules = {});

}
