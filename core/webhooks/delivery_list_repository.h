// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/database/database.h"
#include "core/jobs/filter_repository.h"
#include "core/webhooks/models.h"

namespace core::webhooks {

/// How many deliveries an act may be on at most.
inline constexpr int maxScopeDeliveries = 20'000;

/// Deliveries across jobs, newest first and without bodies. Pages by key.
class DeliveryListRepository {
public:
    explicit DeliveryListRepository(database::Database& database, int scanCeiling = deliveryScanCeiling)
        : m_database(database), m_scanCeiling(scanCeiling)
    {
    }
    [[nodiscard]] Result<DeliveryPage> page(const DeliveryRequest& request) const;

    /// All that a request takes, in one moment of the store; its `after` and `limit` play no part. Errors: Invalid filter_empty where it
    /// narrows nothing; TooLarge scope_too_large over `most`; Cancelled between two pages.
    [[nodiscard]] Result<QList<Delivery>> freeze(DeliveryRequest request, const CancelToken& cancel = {},
                                                 int most = maxScopeDeliveries) const;

    /// The statement behind page(), for whoever asks how the store runs it. Reads one row more than the limit.
    [[nodiscard]] static jobs::SqlText pageStatement(const DeliveryRequest& request, const std::optional<PageKey>& floor = {});

private:
    /// The oldest delivery that one page looks at; nothing if it may look at all that are left.
    [[nodiscard]] Result<std::optional<PageKey>> floorOf(const DeliveryRequest& request) const;

    database::Database& m_database;
    int m_scanCeiling;
};

}
