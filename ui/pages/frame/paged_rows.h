// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/page.h"
#include "ui/base/row_model.h"

#include <algorithm>

namespace ui {

inline constexpr int rowsOfAPage = 200;

/// The rows of a list that were read so far, page by page. A refresh reads the first page again: what is below it stays, unless so much
/// came in between that the two no longer meet. What is shown of a row is made when the row is read and kept until it is read again, so that
/// a refresh costs one page, however many were read.
template <class Row>
struct PagedRows {
    QList<Row> rows;
    std::optional<core::PageKey> next;

    /// `same(a, b)`: whether two rows are one row of the store.
    template <class Same>
    void takeTop(const core::PageOf<Row>& page, Same same)
    {
        const auto last = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
            return page.next && !page.rows.isEmpty() && same(row, page.rows.constLast());
        });
        const qsizetype below = last == rows.end() ? 0 : rows.end() - last - 1;
        if (last == rows.end() || (below == 0 && !next))
            next = page.next;
        rows = page.rows + rows.last(below);
        m_shown = QList<PageRow>(page.rows.size()) + m_shown.last(std::min(below, m_shown.size()));
        m_shown.resize(rows.size());
    }
    void takeMore(const core::PageOf<Row>& page)
    {
        rows += page.rows;
        next = page.next;
        m_shown.resize(rows.size());
    }
    /// `make(row)` answers a PageRow; called for rows that were read since the last time.
    template <class Make>
    [[nodiscard]] const QList<PageRow>& shown(Make make)
    {
        for (qsizetype i = 0; i < rows.size(); ++i) {
            if (std::as_const(m_shown).at(i).key.isEmpty())
                m_shown[i] = make(rows.at(i));
        }
        return m_shown;
    }
    void clear() { *this = {}; }

private:
    QList<PageRow> m_shown;    // in step with rows; without a key: not made yet
};

}
