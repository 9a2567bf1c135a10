// SPDX-License-Identifier: Apache-2.0
#include "core/database/writers_turn.h"

#include <sqlite3.h>

namespace core::database {

void giveWritersATurn()
{
    sqlite3_sleep(2);
}

}
