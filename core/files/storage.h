// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/files/models.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

namespace core::files {

/// A file in the storage.
struct StoredFile {
    QString key;             ///< relative to the root, with '/': "inputs/<sha256>/<name>"
    QString originalName;    ///< as the person's file was called
    qint64 sizeBytes = 0;
    QString sha256;    ///< lower-case hex
    bool operator==(const StoredFile&) const = default;
};

/// What stands at a key, links followed.
struct Found {
    enum class What { Nothing, File, Folder, Other };
    What what = What::Nothing;
    qint64 sizeBytes = 0;    ///< of a file
};

/// The folder in which jobs' files live. A key names a file in it and can name nothing outside. Values only: copies share the folder.
/// What is written appears by rename, whole or not at all. Errors common to all: Invalid `bad_key` (field "file_path"),
/// Unavailable `disk_full` and `storage_failed`, each naming the key.
class Storage {
public:
    explicit Storage(const QString& root);

    [[nodiscard]] const QString& root() const { return m_root; }

    /// The absolute path of a key; the file need not exist. Refused: absolute, empty, "." and ".." parts, NUL, names over 255
    /// bytes, links that lead out of the root. Spaces, quotes, newlines, "%d" and a leading '-' are fine.
    [[nodiscard]] Result<QString> resolve(const QString& key) const;

    /// resolve(), and what stands there.
    [[nodiscard]] Result<Found> look(const QString& key) const;

    /// The key of a path inside the root (links followed); nothing for a path outside.
    [[nodiscard]] std::optional<QString> keyOf(const QString& absolutePath) const;

    /// Copies a file in, to inputs/<sha256>/<name>; the same content under the same name is one file. Control characters in the
    /// name are percent-encoded. Errors: NotFound `file_missing`, Invalid `not_a_file`, `file_empty`, Forbidden `file_unreadable`.
    [[nodiscard]] Result<StoredFile> importFile(const QString& absolutePath) const;

    /// Writes a small file whole; one that exists is replaced.
    [[nodiscard]] Result<void> write(const QString& key, const QByteArray& bytes) const;

    /// A path in the key's own folder (made if missing) to write to before publish(): ".part-<attempt>-<name>".
    [[nodiscard]] Result<QString> temporaryFor(const QString& key, const QString& attempt) const;

    /// Gives a finished file or folder in the storage its name, after syncing it to the disk. A folder must not exist yet.
    [[nodiscard]] Result<void> publish(const QString& temporaryPath, const QString& key) const;

    /// Reads the whole file for its hash, but for what importFile() made: there the key tells it. Errors: NotFound `file_missing`,
    /// Cancelled `cancelled`.
    [[nodiscard]] Result<FileFacts> facts(const QString& key, const CancelToken& cancel = {}) const;

    [[nodiscard]] Result<void> remove(const QString& key) const;          ///< no error if it is gone already
    [[nodiscard]] Result<void> removeFolder(const QString& key) const;    ///< with all in it; links in it are not followed

    [[nodiscard]] Result<void> removeEmptyFolder(const QString& key) const;    ///< no error if it is gone, or something stands in it

    /// Removes the ".part-*" that dead programs left in a folder (not deeper): all, or those that nobody has written to for so long.
    /// Returns how many went.
    [[nodiscard]] Result<int> sweepTemporaries(const QString& folderKey, std::chrono::seconds olderThan = {}) const;

private:
    QString m_root;
};

}
