// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/casefile/models.h"
#include "core/files/storage.h"

#include <QTemporaryDir>

#include <memory>
#include <mutex>

namespace core::casefile {

/// The files of a case that is open to be looked at. They come out when they are first asked for, into a folder that only this person can
/// read and that goes with this object. From any thread.
class CaseStorage {
public:
    /// Reads all rows, for one that was changed must not be taken for what was exported. Errors of openCase() and checkRows().
    [[nodiscard]] static Result<std::unique_ptr<CaseStorage>> open(const QString& path);

    /// Of the database: the case, or the copy that was brought up to this version.
    [[nodiscard]] const QString& storePath() const { return m_storePath; }
    [[nodiscard]] QString root() const { return m_folder.path(); }
    /// Once it answers, the file stands in the folder. NotFound file_missing, saying why it is not in the case.
    [[nodiscard]] Result<void> bring(const QString& key, const CancelToken& cancel);

private:
    CaseStorage(QString storePath, std::shared_ptr<QTemporaryDir> scratch)
        : m_storePath(std::move(storePath)), m_scratch(std::move(scratch))
    {
    }
    QString m_storePath;
    std::shared_ptr<QTemporaryDir> m_scratch;
    QTemporaryDir m_folder;
    std::mutex m_mutex;    // one file at a time; who waits finds it there
};

}
