// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>

namespace core::database {

/// What the service files say of one service (section 34.17 of the server's manual): $PGSERVICEFILE or ~/.pg_service.conf, and where that does not
/// name it pg_service.conf in $PGSYSCONFDIR or Debian's folder. Read to know where a session leads before it is opened; libpq reads it again for
/// the session. Empty where no file names it, for instance as a directory service is to be asked.
[[nodiscard]] QHash<QString, QString> serviceOptions(const QString& service);

}
