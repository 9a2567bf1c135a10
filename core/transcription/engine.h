// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/media/run_context.h"
#include "core/transcription/models.h"

#include <QString>

#include <optional>

namespace core::transcription {

enum class Engine {
    PocketSphinx,    ///< in this process, offline
    OpenAi,          ///< a server that speaks OpenAI's transcription API
};

/// "pocketsphinx", "openai": as jobs and rows spell it.
[[nodiscard]] QString engineName(Engine engine);
[[nodiscard]] std::optional<Engine> engineFromName(const QString& name);

struct TranscribeRequest {
    QString inputPath{};           ///< absolute
    QString model{};               ///< empty: the engine's own choice
    QString language{};            ///< ISO 639-1; empty: the engine's own choice
    bool wordTimestamps = true;    ///< without, segments carry no words
    QString workFolder{};          ///< for temporary files, removed at the end; empty: the system's
};

/// The normalised transcript. A file without speech has an empty one, which is a success.
/// Errors: those of the engine (pocketsphinx_engine.h); Unavailable `engine_not_available` for one that this installation cannot reach.
[[nodiscard]] Result<Transcript> transcribe(Engine engine, const TranscribeRequest& request, const media::RunContext& context);

}
