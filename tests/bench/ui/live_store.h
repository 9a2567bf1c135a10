// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"

#include <QList>
#include <QTemporaryDir>

namespace bench {

/// A store of 20,000 jobs of which the newest hundred run; it goes with this object.
class LiveStore {
public:
    static constexpr int running = 100;

    LiveStore();
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("live.db")); }
    [[nodiscard]] QString storage() const { return m_folder.filePath(QStringLiteral("storage")); }
    [[nodiscard]] QList<core::JobId> runningJobs() const;
    /// Which of the running it is; below zero for the others.
    [[nodiscard]] static int runningIndex(const core::JobId& id);

private:
    QTemporaryDir m_folder;
};

}
