// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"

#include <QByteArray>

#include <optional>

namespace core::files {

/// A file in the storage. `path` is its storage key, never a path of the disk.
struct File {
    FileId id;
    QString path;
    QString originalName;
    QString mimeType;
    std::optional<qint64> sizeBytes;
    QString sha256;    ///< hex
    std::optional<qint64> durationMs;
    std::optional<QByteArray> meta;    ///< JSON
    QString userId;
    Time createdAt{};
    bool operator==(const File&) const = default;
};

/// What the bytes of a file tell.
struct FileFacts {
    qint64 sizeBytes = 0;
    QString sha256;
    QString mimeType;    ///< a guess from name and first bytes
    bool operator==(const FileFacts&) const = default;
};

/// What a job made. `kind` is one of the words of the payload table: silence_segments, cut_media, ...
struct Artifact {
    ArtifactId id;
    JobId jobId;
    std::optional<FileId> fileId;
    QString kind;
    std::optional<QByteArray> meta;    ///< JSON
    Time createdAt{};
    bool operator==(const Artifact&) const = default;
};

struct ArtifactWithFile {
    Artifact artifact;
    std::optional<File> file;
};

}
