// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QString>

#include <optional>

namespace core::captions {

enum class Renderer {
    Auto,        ///< Remotion if it can be had, else local
    Remotion,    ///< a render service over HTTP
    Local,       ///< libass through ffmpeg on this machine
};

/// "auto", "remotion", "local".
[[nodiscard]] QString rendererName(Renderer renderer);
[[nodiscard]] std::optional<Renderer> rendererFromName(const QString& name);

struct RendererChoice {
    Renderer renderer = Renderer::Local;    ///< never Auto
    QString fallbackReason;                 ///< why it is not the one that `auto` tries first; else empty
};

/// Which renderer a job gets in an installation without a render service. Errors: Unavailable `renderer_not_available` for Remotion asked for by name.
[[nodiscard]] Result<RendererChoice> chooseRenderer(Renderer asked);

}
