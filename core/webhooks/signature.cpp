// SPDX-License-Identifier: Apache-2.0
#include "core/webhooks/signature.h"

#include <QFile>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QTemporaryFile>

#include <algorithm>

#include <unistd.h>

namespace core::webhooks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype macBytes = 32;

QByteArray macOf(const QByteArray& secret, QByteArrayView id, QByteArrayView timestamp, QByteArrayView body)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, secret);
    for (const QByteArrayView part : {id, QByteArrayView("."), timestamp, QByteArrayView("."), body})
        code.addData(part.data(), part.size());
    return code.result();
}

bool equalInConstantTime(const QByteArray& one, const QByteArray& other)
{
    if (one.size() != other.size())
        return false;
    uchar difference = 0;
    for (qsizetype i = 0; i < one.size(); ++i)
        difference |= static_cast<uchar>(one.at(i) ^ other.at(i));
    return difference == 0;
}

// Base64 is not unique (the last character of 32 bytes has unused bits): only the canonical spelling counts.
std::optional<QByteArray> decodeStrictly(const QByteArray& text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.toBase64() != text)
        return {};
    return decoded.decoded;
}

bool isStamp(const QByteArray& text)
{
    return !text.isEmpty() && text.size() <= 10 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Verdict checkAge(const QByteArray& stamp, Time now)
{
    const auto age = now - Time{std::chrono::seconds{stamp.toLongLong()}};
    if (age > signatureTolerance)
        return Verdict::TooOld;
    return age < -signatureTolerance ? Verdict::TooNew : Verdict::Valid;
}

Result<MasterKey> makeKeyFile(const QString& path)
{
    QByteArray bytes(macBytes, Qt::Uninitialized);
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32*>(bytes.data()), macBytes / qsizetype{sizeof(quint32)});
    const auto failed = [&] { return failure(ErrorKind::Unavailable, u"key_file"_s, u"The key file %1 cannot be written"_s.arg(path)); };
    // Written whole under another name, then linked: of two programs that start at once one wins, and the other never reads half a key.
    QTemporaryFile file(path + u".XXXXXX"_s);    // readable for its owner alone, removed as it goes
    if (!file.open() || file.write(bytes.toBase64() + '\n') < 0 || !file.flush() || ::fsync(file.handle()) != 0)
        return failed();
    if (::link(QFile::encodeName(file.fileName()).constData(), QFile::encodeName(path).constData()) != 0)
        return QFile::exists(path) ? MasterKey::load(path, false) : Result<MasterKey>(failed());
    return MasterKey(bytes);
}

}

Result<MasterKey> MasterKey::load(const QString& path, bool create)
{
    QFile file(path);
    if (!file.exists() && create)
        return makeKeyFile(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Unavailable, u"key_file"_s, u"The key file %1 cannot be read"_s.arg(path));
    const auto bytes = decodeStrictly(file.readAll().trimmed());
    if (!bytes || bytes->size() < 24)
        return failure(ErrorKind::Invalid, u"key_file"_s, u"The key file %1 does not hold a key"_s.arg(path));
    return MasterKey(*bytes);
}

QByteArray MasterKey::secretOf(const WebhookId& id) const
{
    return QMessageAuthenticationCode::hash(id.text.toUtf8(), m_bytes, QCryptographicHash::Sha256);
}

QByteArray sign(const QByteArray& secret, QByteArrayView id, QByteArrayView timestamp, QByteArrayView body)
{
    return "v1," + macOf(secret, id, timestamp, body).toBase64();
}

Verdict verify(const QByteArray& secret, const QList<Header>& headers, const QByteArray& body, Time now)
{
    for (const char* name : {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
        if (headerCount(headers, name) == 0)
            return Verdict::Missing;
        if (headerCount(headers, name) > 1)
            return Verdict::Malformed;
    }
    const QByteArray id = headerValue(headers, "webhook-id");
    const QByteArray stamp = headerValue(headers, "webhook-timestamp");
    if (id.isEmpty() || id.contains('.') || !isStamp(stamp))
        return Verdict::Malformed;

    const QByteArray expected = macOf(secret, id, stamp, body);
    bool readable = false;
    for (const QByteArray& part : headerValue(headers, "webhook-signature").split(' ')) {
        const auto comma = part.indexOf(',');
        if (comma < 0 || part.left(comma) != "v1")
            continue;
        const auto given = decodeStrictly(part.mid(comma + 1));
        if (!given || given->size() != macBytes)
            continue;
        readable = true;
        if (equalInConstantTime(*given, expected))
            return checkAge(stamp, now);
    }
    return readable ? Verdict::Wrong : Verdict::Malformed;
}

Result<QByteArray> decodeSecret(const QByteArray& text)
{
    const QByteArray encoded = text.startsWith("whsec_") ? text.mid(6) : text;
    if (encoded.isEmpty())
        return failure(ErrorKind::Invalid, u"secret_empty"_s, u"The webhook secret is empty"_s, u"secret"_s);
    const auto decoded = decodeStrictly(encoded);
    if (!decoded || decoded->isEmpty())
        return failure(ErrorKind::Invalid, u"secret_malformed"_s, u"The webhook secret is not base64"_s, u"secret"_s);
    return *decoded;
}

}
