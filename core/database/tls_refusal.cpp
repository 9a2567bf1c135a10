// SPDX-License-Identifier: Apache-2.0
#include "core/database/tls_refusal.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslSocket>

namespace core::database {

using namespace Qt::StringLiterals;

namespace {

constexpr int stepMs = 3000;

Error refused(const QString& message, const QString& words)
{
    return {ErrorKind::Forbidden, u"store_tls"_s, message, u"store"_s, words};
}

/// A server as libpq names one that it tried; where several were tried, the one that is about TLS.
struct Tried {
    QString host;
    QString address;
    quint16 port = 0;
};

/// libpq names a server by its number where the address says that too, and certificates are for names.
Tried triedIn(const QString& words, const QString& host)
{
    static const QRegularExpression tried(uR"re(server at "([^"]*)"(?: \(([^)]*)\))?, port (\d+) failed: (.*))re"_s);
    Tried last;
    auto each = tried.globalMatch(words);
    while (each.hasNext()) {
        const auto match = each.next();
        const QString address = match.captured(2).isEmpty() ? match.captured(1) : match.captured(2);
        last = {match.captured(1), address, match.captured(3).toUShort()};
        if (match.captured(4).contains("certificate"_L1) || match.captured(4).contains("SSL"_L1))
            break;
    }
    if (!host.isEmpty() && !host.contains(u','))
        last.host = host;
    return last;
}

/// What a certificate says is outside text, of any length.
QString shortened(const QString& text)
{
    return text.simplified().left(200);
}

QString nameOf(const QStringList& names)
{
    return names.isEmpty() ? u"nobody"_s : u'"' + shortened(names.constFirst()) + u'"';
}

QString day(const QDateTime& moment)
{
    return moment.toUTC().date().toString(Qt::ISODate);
}

/// The certificates that a server shows, its own first; none if it shows none in time. Nothing is believed of them here.
QList<QSslCertificate> shownBy(const Tried& server)
{
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::QueryPeer);
    socket.connectToHost(server.address, server.port);
    if (!socket.waitForConnected(stepMs))
        return {};
    socket.write(QByteArray("\0\0\0\x08\x04\xd2\x16\x2f", 8));    // what Postgres is asked before TLS begins; S means yes
    if (!socket.waitForReadyRead(stepMs) || socket.read(1) != "S")
        return {};
    socket.setPeerVerifyName(server.host);
    socket.startClientEncryption();
    (void)socket.waitForEncrypted(stepMs);    // also where that fails the certificates have come
    return socket.peerCertificateChain();
}

/// Why it was not believed: its dates speak for themselves, so that what is left is who signed it.
QString whatIsWrong(const QString& host, const QList<QSslCertificate>& chain)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const QSslCertificate& certificate : chain) {
        if (certificate.expiryDate() < now)
            return u"The certificate of %1 ran out on %2"_s.arg(host, day(certificate.expiryDate()));
        if (certificate.effectiveDate() > now)
            return u"The certificate of %1 is valid from %2 on and not yet today, unless this computer's clock is wrong"_s.arg(
                host, day(certificate.effectiveDate()));
    }
    if (chain.isEmpty())
        return u"The certificate of %1 is not trusted here"_s.arg(host);
    if (chain.constFirst().isSelfSigned())
        return u"The certificate of %1 is signed by itself, and by no authority that is trusted here"_s.arg(host);
    return u"The certificate of %1 is signed by %2, which is no authority that is trusted here"_s.arg(
        host, nameOf(chain.constLast().issuerInfo(QSslCertificate::CommonName)));
}

}

Error tlsRefusal(const QString& words, const QString& host)
{
    const Tried server = triedIn(words, host);
    const QString name = server.host.isEmpty() ? u"the server"_s : server.host;
    if (words.contains("certificate verify failed"_L1))
        return refused(whatIsWrong(name, shownBy(server)), words);
    static const QRegularExpression otherName(
        uR"re(server certificate for "([^"]*)"( \(and [^)]*\))? does not match host name "([^"]*)")re"_s);
    if (const auto other = otherName.match(words); other.hasMatch())
        return refused(u"The server shows the certificate of %1%2, and not of %3, which the address names"_s.arg(
                           shortened(other.captured(1)), other.captured(2), other.captured(3)),
                       words);
    if (words.contains("does not support SSL"_L1))
        return refused(u"%1 offers no encryption, and this connection must be encrypted"_s.arg(name), words);
    static const QRegularExpression authorities(uR"re(root certificate file "([^"]*)")re"_s);
    if (const auto file = authorities.match(words); file.hasMatch())
        return refused(u"The authorities that may vouch for %1 cannot be read from the file %2"_s.arg(name, file.captured(1)), words);
    // A server that goes in the middle of a handshake refuses nothing; whoever is told so comes again by itself.
    if (words.contains("SSL SYSCALL error"_L1) || words.contains("closed unexpectedly"_L1))
        return {ErrorKind::Unavailable, u"store_unreachable"_s, u"The server cannot be reached"_s, u"store"_s, words};
    return refused(u"The encrypted connection to %1 was refused"_s.arg(name), words);
}

}
