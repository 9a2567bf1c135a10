// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core::database {

/// Between two transactions of a long act: a moment in which a connection that waits for the write lock gets it. SQLite knows no queue;
/// who commits and begins again at once would keep the others out until their busy timeout. Connections of Database look once a
/// millisecond (see Database::open); this lasts two.
void giveWritersATurn();

}
