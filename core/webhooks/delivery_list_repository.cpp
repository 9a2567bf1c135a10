// SPDX-License-Identifier: Apache-2.0
#include "core/webhooks/delivery_list_repository.h"

#include "core/database/transaction.h"
#include "core/webhooks/repository.h"

#include <algorithm>

namespace core::webhooks {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;
using jobs::SqlText;

namespace {

int rowsOf(const DeliveryRequest& request)
{
    return std::clamp(request.limit, 1, base::maxListRows);
}

void addAfter(SqlText& text, const std::optional<PageKey>& after)
{
    if (after)
        text.sql += " AND (received_at, id) < (" + text.add(after->number) + ", " + text.add(after->id) + ")";
}

/// Where to look: one job's deliveries, or all of them, from the key on.
SqlText lookedAt(const QByteArray& columns, const DeliveryRequest& request)
{
    SqlText text{"SELECT " + columns + " FROM webhook_deliveries WHERE ", {}};
    text.sql += request.job ? "job_id = " + text.add(request.job->text) : QByteArray("received_at IS NOT NULL");
    addAfter(text, request.after);
    return text;
}

}

SqlText DeliveryListRepository::pageStatement(const DeliveryRequest& request, const std::optional<PageKey>& floor)
{
    SqlText text = lookedAt(deliveryColumns(), request);
    if (floor)
        text.sql += " AND (received_at, id) >= (" + text.add(floor->number) + ", " + text.add(floor->id) + ")";
    if (request.outcome)
        text.sql += " AND outcome = " + text.add(outcomeName(*request.outcome));
    if (request.verdict)
        text.sql += " AND signature_verdict = " + text.add(verdictName(*request.verdict));
    if (request.source)
        text.sql += " AND source = " + text.add(sourceName(*request.source));
    text.sql += " ORDER BY received_at DESC, id DESC LIMIT " + text.add(qint64{rowsOf(request)} + 1);
    return text;
}

Result<std::optional<PageKey>> DeliveryListRepository::floorOf(const DeliveryRequest& request) const
{
    if (!request.outcome && !request.verdict && !request.source)
        return std::optional<PageKey>{};    // every row that is looked at fits
    // No page is read by OFFSET: this steps along the index alone to learn where the ceiling lies.
    SqlText text = lookedAt("received_at, id", request);
    text.sql += " ORDER BY received_at DESC, id DESC LIMIT 1 OFFSET " + text.add(qint64{m_scanCeiling} - 1);
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    return query.fetchOne([](Row& row) {
        const qint64 received = row.int64();
        return PageKey{received, row.string()};
    });
}

Result<DeliveryPage> DeliveryListRepository::page(const DeliveryRequest& request) const
{
    const auto floor = floorOf(request);
    if (!floor)
        return errorOf(floor);
    const SqlText text = pageStatement(request, *floor);
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    auto rows = query.fetchAll(deliveryFromRow);
    if (!rows)
        return errorOf(rows);
    DeliveryPage page{std::move(*rows), *floor};
    if (page.rows.size() > rowsOf(request)) {
        page.rows.removeLast();
        page.next = PageKey{base::toMicros(page.rows.constLast().receivedAt), page.rows.constLast().id.text};
    }
    return page;
}

Result<QList<Delivery>> DeliveryListRepository::freeze(DeliveryRequest request, const CancelToken& cancel, int most) const
{
    if (!request.outcome && !request.verdict && !request.source && !request.job)
        return failure(ErrorKind::Invalid, u"filter_empty"_s, u"Nothing narrows the deliveries, so it would be every one; say which"_s,
                       u"filter"_s);
    const auto moment = database::Transaction::beginRead(m_database);
    if (!moment)
        return errorOf(moment);
    request.after.reset();
    request.limit = base::maxListRows;
    QList<Delivery> all;
    do {
        if (cancel.isCancelled())
            return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Cancelled; nothing was changed"_s);
        auto next = page(request);
        if (!next)
            return errorOf(next);
        all.append(next->rows);
        if (all.size() > most)
            return failure(ErrorKind::TooLarge, u"scope_too_large"_s,
                           u"Over %1 deliveries fit, more than one act may be on; nothing was changed"_s.arg(most), u"filter"_s);
        request.after = next->next;
    } while (request.after);
    return all;
}

}
