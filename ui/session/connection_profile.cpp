// SPDX-License-Identifier: Apache-2.0
#include "ui/session/connection_profile.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::Embedded: return u"EMBEDDED"_s;
    case Environment::Development: return u"DEVELOPMENT"_s;
    case Environment::Staging: return u"STAGING"_s;
    case Environment::Production: return u"PRODUCTION"_s;
    }
    Q_UNREACHABLE();
}

QString connectionKindText(const ConnectionProfile& profile)
{
    const auto word = [&] {
        switch (profile.environment) {
        case Environment::Embedded: return QCoreApplication::translate("ui::connection", "Embedded");
        case Environment::Development: return QCoreApplication::translate("ui::connection", "Development");
        case Environment::Staging: return QCoreApplication::translate("ui::connection", "Staging");
        case Environment::Production: return QCoreApplication::translate("ui::connection", "Production");
        }
        Q_UNREACHABLE();
    }();
    if (profile.id.startsWith("case:"_L1))    // ui/casefile opens those
        return QCoreApplication::translate("ui::connection", "Case file");
    switch (profile.kind) {
    case ConnectionKind::Embedded: return u"%1 \u00b7 SQLite"_s.arg(word);
    case ConnectionKind::Postgres: return u"%1 \u00b7 PostgreSQL"_s.arg(word);
    }
    Q_UNREACHABLE();
}

}
