// SPDX-License-Identifier: Apache-2.0
#include "core/captions/renderer.h"

namespace core::captions {

using namespace Qt::StringLiterals;

QString rendererName(Renderer renderer)
{
    switch (renderer) {
    case Renderer::Auto: return u"auto"_s;
    case Renderer::Remotion: return u"remotion"_s;
    case Renderer::Local: return u"local"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Renderer> rendererFromName(const QString& name)
{
    for (const Renderer renderer : {Renderer::Auto, Renderer::Remotion, Renderer::Local}) {
        if (rendererName(renderer) == name)
            return renderer;
    }
    return std::nullopt;
}

Result<RendererChoice> chooseRenderer(Renderer asked)
{
    const QString reason = u"no render service is configured"_s;
    switch (asked) {
    case Renderer::Auto: return RendererChoice{Renderer::Local, reason};
    case Renderer::Local: return RendererChoice{Renderer::Local, {}};
    case Renderer::Remotion:
        return failure(ErrorKind::Unavailable, u"renderer_not_available"_s, u"Remotion cannot render: "_s + reason, u"renderer"_s);
    }
    Q_UNREACHABLE();
}

}
