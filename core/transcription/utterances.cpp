// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/utterances.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <vector>

namespace core::transcription {

namespace {

constexpr float faintestSpeech = -60;    // dB; below it nothing is worth a decoder's time
constexpr float loudestPause = -30;
constexpr float overTheFloor = 6;    // dB by which speech stands out from the noise
constexpr float underThePeak = 12;
constexpr qint64 cutWindow = 10;    // frames over which "quietest" is judged

/// The level from which a frame counts as speech; nothing if the recording holds none.
std::optional<float> speechThreshold(std::span<const float> levels)
{
    std::vector<float> sorted(levels.begin(), levels.end());
    const auto tenth = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 10);
    std::nth_element(sorted.begin(), tenth, sorted.end());
    const float floor = *tenth;
    const float peak = *std::max_element(levels.begin(), levels.end());
    if (peak < faintestSpeech || peak - floor < overTheFloor)
        return std::nullopt;
    return std::clamp(std::min(floor + overTheFloor, peak - underThePeak), faintestSpeech, loudestPause);
}

QList<Utterance> speechRuns(std::span<const float> levels, float threshold, qint64 pause)
{
    QList<Utterance> runs;
    for (qint64 frame = 0; frame < std::ssize(levels); ++frame) {
        if (levels[static_cast<size_t>(frame)] < threshold)
            continue;
        if (!runs.isEmpty() && frame - runs.last().endFrame < pause)
            runs.last().endFrame = frame + 1;
        else
            runs << Utterance{frame, frame + 1};
    }
    return runs;
}

void pad(QList<Utterance>& runs, qint64 padding, qint64 frames)
{
    qint64 previousEnd = 0;    // of the speech, before padding
    for (qsizetype i = 0; i < runs.size(); ++i) {
        const qint64 before = i == 0 ? runs[i].startFrame : (runs[i].startFrame - previousEnd) / 2;
        const qint64 after = i + 1 == runs.size() ? frames - runs[i].endFrame : (runs[i + 1].startFrame - runs[i].endFrame) / 2;
        previousEnd = runs[i].endFrame;
        runs[i].startFrame -= std::min(padding, before);
        runs[i].endFrame += std::min(padding, after);
    }
}

/// The middle of the quietest window that starts and ends within from..to.
qint64 quietestFrame(std::span<const float> levels, qint64 from, qint64 to)
{
    qint64 best = from;
    float bestSum = std::numeric_limits<float>::max();
    for (qint64 frame = from; frame + cutWindow <= to; ++frame) {
        const auto window = levels.subspan(static_cast<size_t>(frame), cutWindow);
        const float sum = std::accumulate(window.begin(), window.end(), 0.0F);
        if (sum < bestSum) {
            bestSum = sum;
            best = frame;
        }
    }
    return best + cutWindow / 2;
}

}

float levelOf(std::span<const qint16> samples)
{
    double energy = 0;
    for (const qint16 sample : samples)
        energy += static_cast<double>(sample) * sample;
    const double mean = samples.empty() ? 0 : std::sqrt(energy / static_cast<double>(samples.size())) / 32768;
    return static_cast<float>(20 * std::log10(std::max(mean, 1e-5)));
}

QList<Utterance> cutAtPauses(std::span<const float> levels, const UtteranceRules& rules)
{
    if (levels.empty())
        return {};
    const auto threshold = speechThreshold(levels);
    if (!threshold)
        return {};

    QList<Utterance> runs = speechRuns(levels, *threshold, rules.pause);
    runs.removeIf([&](const Utterance& run) { return run.endFrame - run.startFrame < rules.shortest; });
    pad(runs, rules.padding, std::ssize(levels));

    QList<Utterance> utterances;
    for (Utterance rest : runs) {
        while (rest.endFrame - rest.startFrame > rules.longest) {
            const qint64 cut = quietestFrame(levels, rest.startFrame + rules.longest / 2, rest.startFrame + rules.longest);
            utterances << Utterance{rest.startFrame, cut};
            rest.startFrame = cut;
        }
        utterances << rest;
    }
    return utterances;
}

}
