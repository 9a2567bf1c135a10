// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"
#include "core/backend/direct_backend_state.h"
#include "core/backend/masking.h"
#include "core/backend/queue_state.h"
#include "core/broker/attempts_repository.h"
#include "core/broker/queue_repository.h"
#include "core/captions/repository.h"
#include "core/captions/style.h"
#include "core/files/artifact_list_repository.h"
#include "core/notifications/repository.h"
#include "core/tasks/caption_style.h"
#include "core/webhooks/delivery_list_repository.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <algorithm>

namespace core::backend {

namespace {

/// A page out of rows of which one more was read than asked for: then that one goes, and there is a next page.
template <class Row>
Result<PageOf<Row>> pageOf(Result<QList<Row>> rows, int limit)
{
    if (!rows)
        return errorOf(rows);
    PageOf<Row> page{std::move(*rows), {}};
    if (page.rows.size() > limit) {
        page.rows.removeLast();
        page.next = PageKey{base::toMicros(page.rows.constLast().createdAt), page.rows.constLast().id.text};
    }
    return page;
}

template <class AnyId>
std::optional<std::pair<Time, AnyId>> timeAndId(const std::optional<PageKey>& key)
{
    if (!key)
        return {};
    return std::pair{base::fromMicros(key->number), AnyId{key->id}};
}

Result<QList<captions::Preset>> readPresets(database::Database& database)
{
    QList<captions::Preset> presets;
    for (const captions::BuiltinPreset& builtin : captions::builtinPresets())
        presets.append({builtin.id, builtin.name, builtin.style, true, {}, {}});
    const auto stored = captions::PresetRepository(database).all();
    if (!stored)
        return errorOf(stored);
    for (const captions::StoredPreset& row : *stored)
        presets.append(
            {row.id, row.name, tasks::withChanges({}, tasks::readCaptionStyle(row.style)), row.isBuiltin, row.userId, row.updatedAt});
    return presets;
}

}

Pending<webhooks::DeliveryPage> DirectBackend::deliveryPage(const webhooks::DeliveryRequest& request)
{
    return deliveryPage(request, ReadHandle());
}

Pending<webhooks::DeliveryPage> DirectBackend::deliveryPage(const webhooks::DeliveryRequest& request, const ReadHandle& handle)
{
    return m_state->lists->run(handle,
                               [=](Session& session) { return masked(webhooks::DeliveryListRepository(*session.database).page(request)); });
}

Pending<files::ArtifactPage> DirectBackend::artifactPage(const files::ArtifactRequest& request)
{
    return artifactPage(request, ReadHandle());
}

Pending<files::ArtifactPage> DirectBackend::artifactPage(const files::ArtifactRequest& request, const ReadHandle& handle)
{
    return m_state->lists->run(handle, [=](Session& session) { return files::ArtifactListRepository(*session.database).page(request); });
}

Pending<files::DiskUse> DirectBackend::diskUse()
{
    return diskUse(ReadHandle());
}

Pending<files::DiskUse> DirectBackend::diskUse(const ReadHandle& handle)
{
    return m_state->statistics->run(handle, [path = m_state->options.storagePath](Session& session) -> Result<files::DiskUse> {
        auto use = files::ArtifactListRepository(*session.database).diskUse();
        if (use && QFileInfo(path).isDir())
            use->freeBytes = QStorageInfo(path).bytesAvailable();
        return use;
    });
}

Pending<notifications::NotificationPage> DirectBackend::notificationPage(const std::optional<PageKey>& after, int limit)
{
    return m_state->reads->run([=, wanted = std::clamp(limit, 1, base::maxListRows)](Session& session) {
        return masked(
            pageOf(notifications::NotificationRepository(*session.database).newest(timeAndId<NotificationId>(after), wanted + 1), wanted));
    });
}

Pending<jobs::JournalPage> DirectBackend::journalPage(const std::optional<PageKey>& after, int limit)
{
    return m_state->reads->run([=, wanted = std::clamp(limit, 1, base::maxListRows)](Session& session) {
        return masked(pageOf(jobs::JournalRepository(*session.database).newest(timeAndId<JournalId>(after), wanted + 1), wanted));
    });
}

Pending<QList<captions::Preset>> DirectBackend::presets()
{
    return m_state->reads->run([](Session& session) { return readPresets(*session.database); });
}

Pending<QueuePage> DirectBackend::queuePage()
{
    return m_state->reads->run([](Session& session) -> Result<QueuePage> {
        auto queue = readQueue(*session.database);
        if (!queue)
            return errorOf(queue);
        const auto oldest = broker::QueueRepository(*session.database).oldestWaiting(queue->queue);
        if (!oldest)
            return errorOf(oldest);
        auto attempts = broker::AttemptsRepository(*session.database).underWay();
        if (!attempts)
            return errorOf(attempts);
        return QueuePage{std::move(*queue), *oldest, std::move(*attempts)};
    });
}

}
