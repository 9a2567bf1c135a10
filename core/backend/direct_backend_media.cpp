// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"
#include "core/backend/direct_backend_state.h"
#include "core/media/peaks.h"
#include "core/media/thumbnail.h"

#include <QFileInfo>

namespace core::backend {

using namespace Qt::StringLiterals;

namespace {

Result<QString> presentFile(const Result<QString>& path, const QString& key)
{
    if (!path)
        return errorOf(path);
    if (!QFileInfo(*path).isFile())
        return failure(ErrorKind::NotFound, u"file_missing"_s, u"'%1' is not in the storage"_s.arg(key), u"path"_s);
    return *path;
}

media::RunContext previewContext(const DirectBackendOptions& options, const CancelToken& cancel)
{
    return {.tools = options.tools, .limits = options.limits, .cancel = cancel, .progress = {}, .ranCommand = {}};
}

}

Pending<QString> DirectBackend::localFile(const QString& storageKey)
{
    return m_state->fileWork.run([=, state = m_state.get()] { return presentFile(state->locate(storageKey), storageKey); });
}

Pending<media::Peaks> DirectBackend::peaks(const QString& storageKey, int buckets, const CancelToken& cancel)
{
    const auto context = previewContext(m_state->options, cancel.joinedWith(m_state->closing.token()));
    return m_state->previews.run([=, state = m_state.get()]() -> Result<media::Peaks> {
        return presentFile(state->locate(storageKey, context.cancel), storageKey).and_then([&](const QString& path) {
            return media::readPeaks(path, buckets, context);
        });
    });
}

Pending<QByteArray> DirectBackend::posterFrame(const QString& storageKey, qint64 atMs, int width, const CancelToken& cancel)
{
    const auto context = previewContext(m_state->options, cancel.joinedWith(m_state->closing.token()));
    return m_state->previews.run([=, state = m_state.get()]() -> Result<QByteArray> {
        return presentFile(state->locate(storageKey, context.cancel), storageKey).and_then([&](const QString& path) {
            return media::readThumbnail(path, atMs, width, context);
        });
    });
}

}
