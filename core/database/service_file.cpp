// SPDX-License-Identifier: Apache-2.0
#include "core/database/service_file.h"

#include <QDir>
#include <QFile>

#include <optional>

namespace core::database {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestFile = 1024 * 1024;

/// As libpq reads it: lines of key=value under [service]; the first section of that name, and the first line of a key.
std::optional<QHash<QString, QString>> sectionOf(const QString& path, const QString& service)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::optional<QHash<QString, QString>> section;
    const auto lines = QString::fromUtf8(file.read(longestFile)).split(u'\n');
    for (const QString& whole : lines) {
        const QString line = whole.trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        if (line.startsWith(u'[')) {
            if (section)
                break;
            if (line == u'[' + service + u']')
                section.emplace();
            continue;
        }
        const qsizetype equals = line.indexOf(u'=');
        if (section && equals > 0 && !section->contains(line.first(equals)))
            section->insert(line.first(equals), line.sliced(equals + 1));
    }
    return section;
}

}

QHash<QString, QString> serviceOptions(const QString& service)
{
    const QString own = qEnvironmentVariable("PGSERVICEFILE", QDir::homePath() + u"/.pg_service.conf"_s);
    const QString systems = qEnvironmentVariable("PGSYSCONFDIR", u"/etc/postgresql-common"_s) + u"/pg_service.conf"_s;
    for (const QString& path : {own, systems}) {
        if (const auto found = sectionOf(path, service))
            return *found;
    }
    return {};
}

}
