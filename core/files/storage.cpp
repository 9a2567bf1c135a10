// SPDX-License-Identifier: Apache-2.0
#include "core/files/storage.h"

#include "core/base/file_names.h"
#include "core/files/durable_file.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include <sys/stat.h>
#include <unistd.h>

namespace core::files {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> badKey(const QString& key, const QString& why)
{
    return failure(ErrorKind::Invalid, u"bad_key"_s, u"\"%1\" is no storage key: %2."_s.arg(key.left(200), why), u"file_path"_s);
}

/// Only what could break a line of a log or a list; everything else of the name stays.
QString safeName(const QString& name)
{
    QString safe;
    for (const QChar c : name) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7F)
            safe += u"%%1"_s.arg(c.unicode(), 2, 16, QChar(u'0')).toUpper();
        else
            safe += c;
    }
    return base::cutToBytes(safe);
}

bool isInside(const QString& path, const QString& root)
{
    return path == root || path.startsWith(root + u'/');
}

/// The hash of a file that importFile() made, which its key holds.
std::optional<QString> hashInKey(const QString& key)
{
    const QStringList parts = key.split(u'/');
    if (parts.size() != 3 || parts[0] != "inputs"_L1 || parts[1].size() != 64)
        return {};
    const bool isHex =
        std::all_of(parts[1].begin(), parts[1].end(), [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
    return isHex ? std::optional(parts[1]) : std::nullopt;
}

Result<QString> hashOf(QFile& file, const QString& key, const CancelToken& cancel)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray block(1 << 20, Qt::Uninitialized);
    while (!cancel.isCancelled()) {
        const qint64 got = file.read(block.data(), block.size());
        if (got < 0)
            return failure(ErrorKind::Unavailable, u"storage_failed"_s, u"\"%1\" could not be read: %2."_s.arg(key, file.errorString()));
        if (got == 0)
            return QString::fromLatin1(hash.result().toHex());
        hash.addData(QByteArrayView(block).first(got));
    }
    return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Stopped while \"%1\" was read."_s.arg(key));
}

/// The deepest folder or file on the way to `path` that exists, links followed.
QString existingPart(const QString& path)
{
    QString part = path;
    while (true) {
        const QFileInfo info(part);
        if (info.exists())
            return info.canonicalFilePath();
        if (info.isSymLink())    // points to nothing: writing would create its target
            return {};
        const qsizetype slash = part.lastIndexOf(u'/');
        if (slash <= 0)
            return u"/"_s;
        part.truncate(slash);
    }
}

/// Whether a link stands on the way from the root, or what stands there cannot be told. Without one a key cannot lead out.
bool mayHoldLink(const QByteArray& path, qsizetype rootLength)
{
    struct stat facts {};
    for (qsizetype slash = rootLength; slash >= 0;) {
        slash = path.indexOf('/', slash + 1);
        const QByteArray part = slash < 0 ? path : path.first(slash);
        if (::lstat(part.constData(), &facts) != 0)
            return errno != ENOENT;
        if (S_ISLNK(facts.st_mode))
            return true;
    }
    return false;
}

Result<void> checkSource(const QString& path)
{
    struct stat facts {};
    if (::stat(QFile::encodeName(path).constData(), &facts) != 0)
        return failure(ErrorKind::NotFound, u"file_missing"_s, u"\"%1\" does not exist."_s.arg(path), u"file_path"_s);
    if (!S_ISREG(facts.st_mode))
        return failure(ErrorKind::Invalid, u"not_a_file"_s, u"\"%1\" is a folder, a pipe or a device, not a file."_s.arg(path),
                       u"file_path"_s);
    if (facts.st_size == 0)
        return failure(ErrorKind::Invalid, u"file_empty"_s, u"\"%1\" is empty."_s.arg(path), u"file_path"_s);
    return {};
}

}

/// Nothing is made here: who only reads must leave no trace. What is written makes its folders.
Storage::Storage(const QString& root) : m_root(QDir(root).absolutePath())
{
    const QString there = existingPart(m_root);
    if (there.isEmpty())
        return;    // a link to nothing: every key is refused until it leads somewhere
    QString missing;
    for (QString part = m_root; !QFileInfo::exists(part) && part.size() > 1; part = QFileInfo(part).path())
        missing.prepend(u'/' + QFileInfo(part).fileName());
    m_root = there == "/"_L1 && !missing.isEmpty() ? missing : there + missing;
}

Result<QString> Storage::resolve(const QString& key) const
{
    if (key.isEmpty())
        return badKey(key, u"it is empty"_s);
    if (key.startsWith(u'/'))
        return badKey(key, u"it must be relative to the storage"_s);
    if (key.contains(QChar(u'\0')))
        return badKey(key, u"it holds a NUL"_s);
    const QByteArray encoded = QFile::encodeName(key);
    for (qsizetype first = 0; first <= encoded.size();) {
        const qsizetype slash = encoded.indexOf('/', first);
        const qsizetype end = slash < 0 ? encoded.size() : slash;
        const QByteArrayView part = QByteArrayView(encoded).sliced(first, end - first);
        if (part.isEmpty() || part == "." || part == "..")
            return badKey(key, u"empty parts, \".\" and \"..\" are not allowed"_s);
        if (part.size() > base::longestFileName)
            return badKey(key, u"a name in it is longer than 255 bytes"_s);
        first = end + 1;
    }
    const QString path = m_root + u'/' + key;
    const QByteArray root = QFile::encodeName(m_root);
    if (mayHoldLink(root + '/' + encoded, root.size()) && !isInside(existingPart(path), m_root))
        return badKey(key, u"a link in it leads out of the storage"_s);
    return path;
}

Result<Found> Storage::look(const QString& key) const
{
    const auto path = resolve(key);
    if (!path)
        return errorOf(path);
    struct stat facts {};
    if (::stat(QFile::encodeName(*path).constData(), &facts) != 0)
        return Found{};
    if (S_ISREG(facts.st_mode))
        return Found{Found::What::File, facts.st_size};
    return Found{S_ISDIR(facts.st_mode) ? Found::What::Folder : Found::What::Other, 0};
}

std::optional<QString> Storage::keyOf(const QString& absolutePath) const
{
    const QString canonical = QFileInfo(absolutePath).canonicalFilePath();
    if (canonical.isEmpty() || !canonical.startsWith(m_root + u'/'))
        return {};
    return canonical.mid(m_root.size() + 1);
}

Result<StoredFile> Storage::importFile(const QString& absolutePath) const
{
    if (const auto ok = checkSource(absolutePath); !ok)
        return errorOf(ok);
    QFile source(absolutePath);
    if (!source.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Forbidden, u"file_unreadable"_s, u"\"%1\" cannot be read: %2."_s.arg(absolutePath, source.errorString()),
                       u"file_path"_s);

    // The name holds the hash, which is known only once all is copied: so copied first, named after.
    const QString name = QFileInfo(absolutePath).fileName();
    DurableFile copy(m_root + u"/inputs/incoming"_s, u"inputs/"_s + name);
    if (const auto ok = copy.open(); !ok)
        return errorOf(ok);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray block(1 << 20, Qt::Uninitialized);
    StoredFile stored{.key = {}, .originalName = name, .sizeBytes = 0, .sha256 = {}};
    while (true) {
        const qint64 got = source.read(block.data(), block.size());
        if (got < 0)
            return failure(ErrorKind::Unavailable, u"storage_failed"_s,
                           u"\"%1\" could not be read to its end: %2."_s.arg(absolutePath, source.errorString()), u"file_path"_s);
        if (got == 0)
            break;
        const auto part = QByteArrayView(block).first(got);
        hash.addData(part);
        if (const auto ok = copy.write(part); !ok)
            return errorOf(ok);
        stored.sizeBytes += got;
    }
    stored.sha256 = QString::fromLatin1(hash.result().toHex());
    stored.key = u"inputs/%1/"_s.arg(stored.sha256) + safeName(name);
    const auto path = resolve(stored.key);
    if (!path)
        return errorOf(path);
    if (QFileInfo(*path).isFile() && QFileInfo(*path).size() == stored.sizeBytes)
        return stored;    // here already; what was copied goes with `copy`
    copy.moveTo(*path);
    if (const auto ok = copy.commit(); !ok)
        return errorOf(ok);
    return stored;
}

Result<void> Storage::write(const QString& key, const QByteArray& bytes) const
{
    const auto path = resolve(key);
    if (!path)
        return errorOf(path);
    DurableFile file(*path, key);
    return file.open().and_then([&] { return file.write(bytes); }).and_then([&] { return file.commit(); });
}

Result<QString> Storage::temporaryFor(const QString& key, const QString& attempt) const
{
    const auto path = resolve(key);
    if (!path)
        return errorOf(path);
    const QFileInfo info(*path);
    if (!QDir().mkpath(info.path()))
        return tl::make_unexpected(storageError(errno, key, u"given its folder"_s));
    return info.path() + u'/' + base::cutToBytes(u".part-%1-"_s.arg(attempt) + info.fileName());
}

Result<void> Storage::publish(const QString& temporaryPath, const QString& key) const
{
    const auto path = resolve(key);
    if (!path)
        return errorOf(path);
    const QFileInfo temporary(temporaryPath);
    if (temporary.isDir()) {
        for (const QFileInfo& entry : QDir(temporaryPath).entryInfoList(QDir::Files | QDir::Hidden)) {
            if (const auto ok = syncPath(entry.filePath(), key); !ok)
                return ok;
        }
    }
    if (const auto ok = syncPath(temporaryPath, key); !ok)
        return ok;
    const QString folder = QFileInfo(*path).path();
    if (!QDir().mkpath(folder) || std::rename(QFile::encodeName(temporaryPath).constData(), QFile::encodeName(*path).constData()) != 0)
        return tl::make_unexpected(storageError(errno, key, u"published"_s));
    return syncPath(folder, key);
}

Result<FileFacts> Storage::facts(const QString& key, const CancelToken& cancel) const
{
    const auto path = resolve(key);
    if (!path)
        return errorOf(path);
    QFile file(*path);
    if (!QFileInfo(*path).isFile() || !file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, u"file_missing"_s, u"The storage has no file \"%1\"."_s.arg(key), u"file_path"_s);
    const auto hash = hashInKey(key) ? Result<QString>(*hashInKey(key)) : hashOf(file, key, cancel);
    if (!hash)
        return errorOf(hash);
    return FileFacts{.sizeBytes = file.size(), .sha256 = *hash, .mimeType = QMimeDatabase().mimeTypeForFile(*path).name()};
}

Result<void> Storage::remove(const QString& key) const
{
    const auto path = resolve(key);
    if (!path)
        return errorOf(path);
    if (::remove(QFile::encodeName(*path).constData()) != 0 && errno != ENOENT)
        return tl::make_unexpected(storageError(errno, key, u"removed"_s));
    return {};
}

Result<void> Storage::removeFolder(const QString& key) const
{
    const auto path = resolve(key);
    if (!path)
        return errorOf(path);
    const QFileInfo folder(*path);
    // A link goes itself; what it leads to is somebody else's.
    const bool gone = folder.isSymLink() ? QFile::remove(*path) : !folder.isDir() || QDir(*path).removeRecursively();
    if (!gone)
        return tl::make_unexpected(storageError(EIO, key, u"removed"_s));
    return {};
}

Result<void> Storage::removeEmptyFolder(const QString& key) const
{
    const auto path = resolve(key);
    if (!path)
        return errorOf(path);
    if (::rmdir(QFile::encodeName(*path).constData()) != 0 && errno != ENOENT && errno != ENOTEMPTY && errno != EEXIST)
        return tl::make_unexpected(storageError(errno, key, u"removed"_s));
    return {};
}

Result<int> Storage::sweepTemporaries(const QString& folderKey, std::chrono::seconds olderThan) const
{
    const auto path = resolve(folderKey);
    if (!path)
        return errorOf(path);
    int gone = 0;
    for (const QFileInfo& entry :
         QDir(*path).entryInfoList({u".part-*"_s}, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)) {
        if (olderThan.count() > 0 && entry.lastModified().secsTo(QDateTime::currentDateTime()) < olderThan.count())
            continue;
        const bool isFolder = entry.isDir() && !entry.isSymLink();
        if (!(isFolder ? QDir(entry.filePath()).removeRecursively() : QFile::remove(entry.filePath())))
            return tl::make_unexpected(storageError(EIO, folderKey, u"swept"_s));
        ++gone;
    }
    return gone;
}

}
