// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"

namespace test_support {

/// The password of the one user whom the tests' server asks for it; a word that is found wherever it stands.
inline const QString keyedPassword = QStringLiteral("canary-7f3a");

/// The same store as that user, who is made if the server does not know them yet.
[[nodiscard]] inline QString asKeyedUser(const QString& storeUrl)
{
    core::database::DatabaseOptions asOwner;
    asOwner.path = storeUrl;
    const auto owner = core::database::Database::open(asOwner);
    const QByteArray make = "DO $$ BEGIN CREATE ROLE keyed LOGIN SUPERUSER PASSWORD '" + keyedPassword.toUtf8() +
                            "'; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";
    if (!owner || !(*owner)->exec(make.constData()))
        qFatal("The role was not made");
    return QString(storeUrl).replace(QStringLiteral("user=postgres"), QStringLiteral("user=keyed"));
}

}
