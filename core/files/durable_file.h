// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace core::files {

/// A new file under a temporary name ".part-..." in the folder of its final one, gone again unless committed.
/// `key` is what errors name. Errors: Unavailable `disk_full`, `storage_failed`.
class DurableFile {
public:
    DurableFile(const QString& path, const QString& key);
    ~DurableFile();
    Q_DISABLE_COPY_MOVE(DurableFile)

    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> write(QByteArrayView bytes);
    [[nodiscard]] Result<void> commit();                   ///< fsync, rename, fsync of the folder
    void moveTo(const QString& path) { m_path = path; }    ///< another final name on the same disk, known only after writing

private:
    QString m_path;
    QString m_key;
    QByteArray m_temporary;
    int m_fd = -1;
};

/// The error of a failed system call on a key, told by errno.
[[nodiscard]] Error storageError(int errorNumber, const QString& key, const QString& doing);

/// Makes a folder's entries last. Errors as above.
[[nodiscard]] Result<void> syncPath(const QString& path, const QString& key);

}
