// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/files/models.h"

namespace core::files {

/// Artifacts across jobs, and what they take. Pages by key.
class ArtifactListRepository {
public:
    explicit ArtifactListRepository(database::Database& database, int useCeiling = diskUseCeiling)
        : m_database(database), m_useCeiling(useCeiling)
    {
    }
    [[nodiscard]] Result<ArtifactPage> page(const ArtifactRequest& request) const;
    /// Without freeBytes: that is no matter of the store.
    [[nodiscard]] Result<DiskUse> diskUse() const;

    /// The statement behind page(), for whoever asks how the store runs it: :number and :id are the key, :limit one more than asked for.
    [[nodiscard]] static const char* pageStatement(ArtifactOrder order);

private:
    database::Database& m_database;
    int m_useCeiling;
};

}
