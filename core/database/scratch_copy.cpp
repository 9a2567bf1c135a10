// SPDX-License-Identifier: Apache-2.0
#include "core/database/scratch_copy.h"

#include "core/database/migrations.h"

#include <QFileInfo>
#include <QUrl>

namespace core::database {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<Database>> scratchCopy(const QString& path, const QList<JobId>& ids)
{
    DatabaseOptions options;
    options.path = inMemoryPath;
    auto scratch = Database::open(options);
    if (!scratch)
        return scratch;
    if (const auto migrated = migrate(**scratch); !migrated)
        return errorOf(migrated);
    QUrl source = QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath());
    source.setQuery(u"mode=ro"_s);
    auto attach = (*scratch)->prepare("ATTACH DATABASE :source AS source", Path::Hot);
    attach.bind(":source", QString::fromUtf8(source.toEncoded()));
    if (const auto attached = attach.exec(); !attached)
        return errorOf(attached);
    for (const JobId& id : ids) {
        for (const char* copy : {
                 "INSERT OR IGNORE INTO main.jobs SELECT * FROM source.jobs WHERE id = :id",
                 "INSERT OR IGNORE INTO main.webhooks SELECT * FROM source.webhooks WHERE job_id = :id",
                 "INSERT OR IGNORE INTO main.job_events SELECT * FROM source.job_events WHERE job_id = :id",
                 "INSERT OR IGNORE INTO main.job_attempts SELECT * FROM source.job_attempts WHERE job_id = :id",
                 "INSERT OR IGNORE INTO main.files SELECT * FROM source.files WHERE id IN (SELECT file_id FROM source.artifacts WHERE "
                 "job_id = :id)",
                 "INSERT OR IGNORE INTO main.artifacts SELECT * FROM source.artifacts WHERE job_id = :id",
             }) {
            if (const auto copied = (*scratch)->prepare(copy, Path::Hot).bind(":id", id).exec(); !copied)
                return errorOf(copied);
        }
    }
    return scratch;
}

}
