// SPDX-License-Identifier: Apache-2.0
#pragma once

class QTableView;

namespace bench {

/// The floor of every list: a plain window of the console's size with a QTableView over rows whose texts are computed as they are
/// asked for, as many columns as the job list shows.
[[nodiscard]] QTableView* showComputedTable(int rows);

}
