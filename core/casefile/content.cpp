// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/content.h"

#include "core/base/text_bytes.h"
#include "core/casefile/case_masking.h"
#include "core/files/durable_file.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace core::casefile {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestText = qint64{64} << 20;

bool isInput(const QString& key)
{
    return key.startsWith("inputs/"_L1);
}

/// Below inputs/ the storage trusts the hash in the key: what stands there must have it.
std::optional<QString> hashInKey(const QString& key)
{
    const QStringList parts = key.split(u'/');
    return parts.size() == 3 && isInput(key) && parts.at(1).size() == 64 ? std::optional(parts.at(1)) : std::nullopt;
}

QString hexOf(const QCryptographicHash& hash)
{
    return QString::fromLatin1(hash.result().toHex());
}

Result<CaseFile> putBytes(CaseRepository& to, CaseFile file, const QByteArray& bytes, Meter& meter)
{
    file.sizeBytes = bytes.size();
    file.sha256 = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    const auto id = to.insertFile(file);
    if (!id)
        return errorOf(id);
    for (qint64 at = 0, number = 0; at < bytes.size(); at += chunkBytes, ++number) {
        const auto put = to.insertChunk(*id, number, bytes.mid(at, chunkBytes)).and_then([&] {
            return meter.pass(std::min<qint64>(chunkBytes, bytes.size() - at));
        });
        if (!put)
            return errorOf(put);
    }
    return file;
}

Result<CaseFile> withoutContent(CaseRepository& to, CaseFile file, FileState state)
{
    file.state = state;
    return to.insertFile(file).map([&](qint64) { return file; });
}

/// A text leaves as the rows do.
Result<CaseFile> putText(CaseRepository& to, CaseFile file, QFile& source, Meter& meter)
{
    if (source.size() > largestText)
        return withoutContent(to, file, FileState::TooLarge);
    const QByteArray bytes = source.readAll();
    const QByteArray safe = maskedContent(bytes);
    if (safe != bytes && isInput(file.key))
        return withoutContent(to, file, FileState::Secret);
    file.isMasked = safe != bytes;
    return putBytes(to, file, safe, meter);
}

Result<CaseFile> putMedia(CaseRepository& to, CaseFile file, QFile& source, Meter& meter)
{
    file.sizeBytes = 0;
    const auto id = to.insertFile(file);
    if (!id)
        return errorOf(id);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray block(chunkBytes, Qt::Uninitialized);
    for (qint64 number = 0;; ++number) {
        const qint64 got = source.read(block.data(), block.size());
        if (got < 0)
            return failure(ErrorKind::Unavailable, u"storage_failed"_s,
                           u"\"%1\" could not be read to its end: %2"_s.arg(file.key, source.errorString()));
        if (got == 0)
            break;
        const QByteArray bytes = block.first(got);    // a copy: the statement keeps what it binds
        hash.addData(bytes);
        file.sizeBytes += got;
        if (const auto put = to.insertChunk(*id, number, bytes).and_then([&] { return meter.pass(got); }); !put)
            return errorOf(put);
    }
    file.sha256 = hexOf(hash);
    return to.updateFile(file).map([&] { return file; });
}

/// Hash and size of what is read, against what the row says.
class Check {
public:
    void add(const QByteArray& bytes)
    {
        m_hash.addData(bytes);
        m_size += bytes.size();
    }
    [[nodiscard]] Result<void> holds(const CaseFile& file) const
    {
        if (m_size == file.sizeBytes && hexOf(m_hash) == file.sha256)
            return {};
        return tl::make_unexpected(damaged(u"the bytes of '%1' are not those that were put in"_s.arg(file.key)));
    }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qint64 m_size = 0;
};

}

Error damaged(const QString& what)
{
    return {ErrorKind::Invalid, u"case_damaged"_s, u"The case file is damaged: %1"_s.arg(what), u"case"_s, {}};
}

Result<void> Meter::pass(qint64 bytes)
{
    m_done += bytes;
    if (m_control.progress)
        m_control.progress(m_done, std::max(m_done, m_total));
    if (m_control.cancel.isCancelled())
        return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Stopped before it was whole; nothing was kept"_s);
    return {};
}

Result<CaseFile> putContent(CaseRepository& to, const CaseFile& file, const QString& path, Meter& meter)
{
    QFile source(path);
    if (path.isEmpty() || !QFileInfo(path).isFile() || !source.open(QIODevice::ReadOnly))
        return withoutContent(to, file, FileState::Missing);
    // What a file holds tells, and not what it is called: secrets stand in .yaml, .env and in files without any suffix.
    return base::looksLikeText(source.peek(base::textBlock)) ? putText(to, file, source, meter) : putMedia(to, file, source, meter);
}

Result<void> checkChunks(const CaseRepository& from, const CaseFile& file)
{
    const auto facts = from.chunksOf(file.key);
    if (!facts)
        return errorOf(facts);
    if (facts->largest > chunkBytes)
        return tl::make_unexpected(damaged(u"'%1' has a piece of more than 1 MiB"_s.arg(file.key)));
    if (facts->bytes != file.sizeBytes)
        return tl::make_unexpected(damaged(u"'%1' should have %2 bytes and has %3"_s.arg(file.key).arg(file.sizeBytes).arg(facts->bytes)));
    if (const auto hash = hashInKey(file.key); hash && *hash != file.sha256)
        return tl::make_unexpected(damaged(u"'%1' is not the file that its name says"_s.arg(file.key)));
    return {};
}

Result<void> checkContent(const CaseRepository& from, const CaseFile& file, Meter& meter)
{
    Check check;
    return checkChunks(from, file)
        .and_then([&] {
            return from.eachChunk(file.key, [&](const QByteArray& bytes) {
                check.add(bytes);
                return meter.pass(bytes.size());
            });
        })
        .and_then([&] { return check.holds(file); });
}

Result<void> takeContent(const CaseRepository& from, const CaseFile& file, const files::Storage& to, Meter& meter)
{
    const auto path = to.resolve(file.key);
    if (!path)
        return errorOf(path);
    Check check;
    files::DurableFile copy(*path, file.key);
    return checkChunks(from, file)
        .and_then([&] { return copy.open(); })
        .and_then([&] {
            return from.eachChunk(file.key, [&](const QByteArray& bytes) {
                check.add(bytes);
                return copy.write(bytes).and_then([&] { return meter.pass(bytes.size()); });
            });
        })
        .and_then([&] { return check.holds(file); })
        .and_then([&] { return copy.commit(); });
}

}
