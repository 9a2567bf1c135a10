// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace core::base {

/// Where a page of rows continues: the number of the sort column (microseconds or bytes) and the row's id.
struct PageKey {
    qint64 number = 0;
    QString id;
    bool operator==(const PageKey&) const = default;
};

/// Rows in the order of their list, and where the next ones begin. A narrow list may come back short, even empty, with `next` set:
/// then it stopped at its ceiling of rows looked at, and goes on if asked.
template <class Row>
struct PageOf {
    QList<Row> rows;
    std::optional<PageKey> next;
};

inline constexpr int maxListRows = 500;    ///< what a limit is held to, for lists across jobs

}

namespace core {
using base::PageKey;
using base::PageOf;
}
