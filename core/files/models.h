// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "core/base/page.h"
#include "core/base/time.h"

#include <QByteArray>
#include <QList>

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

/// Largest: only artifacts whose file has a known size.
enum class ArtifactOrder { Newest, Largest };

struct ArtifactRequest {
    ArtifactOrder order = ArtifactOrder::Newest;
    std::optional<PageKey> after{};    ///< (created_at or size_bytes, id) of the last row that is known
    int limit = 100;                   ///< held within 1..maxListRows
};
using ArtifactPage = PageOf<ArtifactWithFile>;

/// How much the files of one kind of artifact take; a file that two artifacts of a kind name counts once.
struct KindUse {
    QString kind;
    qint64 artifacts = 0;
    qint64 bytes = 0;
    bool operator==(const KindUse&) const = default;
};

/// What the store knows of; the disk may hold more.
struct DiskUse {
    qint64 files = 0;
    qint64 bytes = 0;
    bool isExact = true;                ///< false: there are more files than diskUseCeiling, the largest were added up
    QList<KindUse> kinds;               ///< largest first; of the newest diskUseCeiling artifacts
    std::optional<qint64> freeBytes;    ///< of the disk that the storage stands on, if there is one
};
inline constexpr int diskUseCeiling = 200'000;

}
