// SPDX-License-Identifier: Apache-2.0
#include "core/files/artifact_list_repository.h"

#include "core/base/time.h"
#include "core/files/repository.h"

#include <algorithm>
#include <limits>

namespace core::files {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

const char* ArtifactListRepository::pageStatement(ArtifactOrder order)
{
    static const QByteArray start = QByteArray("SELECT ") + artifactColumns();
    static const QByteArray newest = start + " FROM artifacts LEFT JOIN files ON files.id = artifacts.file_id "
                                             "WHERE (artifacts.created_at, artifacts.id) < (:number, :id) "
                                             "ORDER BY artifacts.created_at DESC, artifacts.id DESC LIMIT :limit";
    // The first bound is for the index on the size alone; the second orders artifacts whose files are equally large.
    static const QByteArray largest = start + " FROM files JOIN artifacts ON artifacts.file_id = files.id "
                                              "WHERE files.size_bytes <= :number AND (files.size_bytes < :number OR artifacts.id < :id) "
                                              "ORDER BY files.size_bytes DESC, artifacts.id DESC LIMIT :limit";
    switch (order) {
    case ArtifactOrder::Newest: return newest.constData();
    case ArtifactOrder::Largest: return largest.constData();
    }
    Q_UNREACHABLE();
}

Result<ArtifactPage> ArtifactListRepository::page(const ArtifactRequest& request) const
{
    const qint64 wanted = std::clamp(request.limit, 1, base::maxListRows);
    auto query = m_database.prepare(pageStatement(request.order), Path::Hot);
    query.bind(":number", request.after ? request.after->number : std::numeric_limits<qint64>::max());
    query.bind(":id", request.after ? request.after->id : u""_s).bind(":limit", wanted + 1);
    auto rows = query.fetchAll(artifactFromRow);
    if (!rows)
        return errorOf(rows);
    ArtifactPage page{std::move(*rows), {}};
    if (page.rows.size() > wanted) {
        page.rows.removeLast();
        const ArtifactWithFile& last = page.rows.constLast();
        const bool bySize = request.order == ArtifactOrder::Largest && last.file && last.file->sizeBytes;
        page.next = PageKey{bySize ? *last.file->sizeBytes : base::toMicros(last.artifact.createdAt), last.artifact.id.text};
    }
    return page;
}

Result<DiskUse> ArtifactListRepository::diskUse() const
{
    auto all = m_database.prepare("SELECT count(*), coalesce(sum(size_bytes), 0) FROM "
                                  "(SELECT size_bytes FROM files ORDER BY size_bytes DESC, id DESC LIMIT :limit) AS largest",
                                  Path::Hot);
    all.bind(":limit", qint64{m_useCeiling} + 1);
    const auto sum = all.fetchOne([](Row& row) {
        DiskUse use;
        use.files = row.int64();
        use.bytes = row.int64();
        return use;
    });
    if (!sum)
        return errorOf(sum);
    DiskUse use = sum->value_or(DiskUse{});
    use.isExact = use.files <= m_useCeiling;
    use.files = std::min<qint64>(use.files, m_useCeiling);

    auto kinds = m_database.prepare(
        "SELECT kind, sum(artifacts), coalesce(sum(size_bytes), 0) FROM "
        "(SELECT kind, file_id, count(*) AS artifacts FROM "
        "(SELECT kind, file_id FROM artifacts ORDER BY created_at DESC, id DESC LIMIT :limit) AS newest GROUP BY kind, file_id) AS named "
        "LEFT JOIN files ON files.id = named.file_id GROUP BY kind ORDER BY 3 DESC, kind",
        Path::Hot);
    kinds.bind(":limit", m_useCeiling);
    auto byKind = kinds.fetchAll([](Row& row) {
        KindUse kind;
        kind.kind = row.string();
        kind.artifacts = row.int64();
        kind.bytes = row.int64();
        return kind;
    });
    if (!byKind)
        return errorOf(byKind);
    use.kinds = std::move(*byKind);
    return use;
}

}
