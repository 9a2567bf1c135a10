// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/engine.h"

#include "core/transcription/pocketsphinx_engine.h"

namespace core::transcription {

using namespace Qt::StringLiterals;

QString engineName(Engine engine)
{
    switch (engine) {
    case Engine::PocketSphinx: return u"pocketsphinx"_s;
    case Engine::OpenAi: return u"openai"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Engine> engineFromName(const QString& name)
{
    for (const Engine engine : {Engine::PocketSphinx, Engine::OpenAi}) {
        if (engineName(engine) == name)
            return engine;
    }
    return std::nullopt;
}

Result<Transcript> transcribe(Engine engine, const TranscribeRequest& request, const media::RunContext& context)
{
    switch (engine) {
    case Engine::PocketSphinx: return transcribeWithPocketSphinx(request, {}, context);
    case Engine::OpenAi:
        return failure(ErrorKind::Unavailable, u"engine_not_available"_s, u"No transcription server is configured"_s, u"engine"_s);
    }
    Q_UNREACHABLE();
}

}
