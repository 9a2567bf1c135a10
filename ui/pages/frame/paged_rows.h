// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/page.h"

#include <algorithm>

namespace ui {

inline constexpr int rowsOfAPage = 200;

/// The rows of a list that were read so far, page by page. A refresh reads the first page again: what is below it stays, unless so much
/// came in between that the two no longer meet.
template <class Row>
struct PagedRows {
    QList<Row> rows;
    std::optional<core::PageKey> next;

    /// `same(a, b)`: whether two rows are one row of the store.
    template <class Same>
    void takeTop(const core::PageOf<Row>& page, Same same)
    {
        if (!page.next || page.rows.isEmpty()) {
            rows = page.rows;
            next = page.next;
            return;
        }
        const auto last = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return same(row, page.rows.constLast()); });
        if (last == rows.end()) {
            rows = page.rows;
            next = page.next;
            return;
        }
        const QList<Row> below(last + 1, rows.end());
        rows = page.rows + below;
        if (below.isEmpty() && !next)
            next = page.next;
    }
    void takeMore(const core::PageOf<Row>& page)
    {
        rows += page.rows;
        next = page.next;
    }
    void clear() { *this = {}; }
};

}
