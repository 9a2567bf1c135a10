// SPDX-License-Identifier: Apache-2.0
#include "core/files/durable_file.h"

#include "core/base/ids.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace core::files {

using namespace Qt::StringLiterals;

Error storageError(int errorNumber, const QString& key, const QString& doing)
{
    if (errorNumber == ENOSPC || errorNumber == EDQUOT || errorNumber == EFBIG)
        return {ErrorKind::Unavailable, u"disk_full"_s, u"The disk is full: \"%1\" could not be %2."_s.arg(key, doing), {}, {}};
    return {ErrorKind::Unavailable,
            u"storage_failed"_s,
            u"\"%1\" could not be %2: %3."_s.arg(key, doing, qt_error_string(errorNumber)),
            {},
            {}};
}

Result<void> syncPath(const QString& path, const QString& key)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return tl::make_unexpected(storageError(errno, key, u"synced"_s));
    const int failed = ::fsync(fd) == 0 ? 0 : errno;
    ::close(fd);
    if (failed != 0)
        return tl::make_unexpected(storageError(failed, key, u"synced"_s));
    return {};
}

DurableFile::DurableFile(const QString& path, const QString& key) : m_path(path), m_key(key) {}

DurableFile::~DurableFile()
{
    if (m_fd >= 0)
        ::close(m_fd);
    if (!m_temporary.isEmpty())
        ::unlink(m_temporary.constData());
}

Result<void> DurableFile::open()
{
    const QString folder = QFileInfo(m_path).path();
    if (!QDir().mkpath(folder))
        return tl::make_unexpected(storageError(errno, m_key, u"given its folder"_s));
    // Not the final name in it: together they could be too long for the file system.
    m_temporary = QFile::encodeName(folder + u"/.part-"_s + base::newUuidV7());
    m_fd = ::open(m_temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (m_fd < 0) {
        const int failed = errno;
        m_temporary.clear();
        return tl::make_unexpected(storageError(failed, m_key, u"created"_s));
    }
    return {};
}

Result<void> DurableFile::write(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(m_fd, bytes.data(), size_t(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return tl::make_unexpected(storageError(written < 0 ? errno : ENOSPC, m_key, u"written"_s));
        bytes = bytes.sliced(written);
    }
    return {};
}

Result<void> DurableFile::commit()
{
    const bool synced = ::fsync(m_fd) == 0;
    const int syncError = errno;
    const bool closed = ::close(std::exchange(m_fd, -1)) == 0;
    if (!synced || !closed)
        return tl::make_unexpected(storageError(synced ? errno : syncError, m_key, u"written"_s));
    const QString folder = QFileInfo(m_path).path();
    if (!QDir().mkpath(folder) || ::rename(m_temporary.constData(), QFile::encodeName(m_path).constData()) != 0)
        return tl::make_unexpected(storageError(errno, m_key, u"named"_s));
    m_temporary.clear();
    return syncPath(folder, m_key);
}

}
