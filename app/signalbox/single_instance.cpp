// SPDX-License-Identifier: Apache-2.0
#include "app/signalbox/single_instance.h"

#include <QLocalSocket>

#include <chrono>

namespace signalbox {

namespace {

// The caller has no window yet: it may wait this long for one that runs to answer.
constexpr int answerMs = 1000;
constexpr qint64 longestCall = 64 * 1024;
const QByteArray accepted = "taken\n";

}

SingleInstance::SingleInstance(QString name, QObject* parent) : QObject(parent), m_name(std::move(name))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::take);
}

bool SingleInstance::handOver(const QStringList& links)
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(answerMs))
        return false;
    socket.write(links.join(u'\n').toUtf8() + "\n\n");
    // without the answer the other may be hanging: then this call opens its own window
    return socket.waitForBytesWritten(answerMs) && socket.waitForReadyRead(answerMs) && socket.readAll() == accepted;
}

void SingleInstance::listen()
{
    if (m_server.listen(m_name))
        return;
    QLocalServer::removeServer(m_name);
    if (!m_server.listen(m_name))
        qWarning("Later calls cannot be taken over: %s", qPrintable(m_server.errorString()));
}

void SingleInstance::take()
{
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (socket->bytesAvailable() > longestCall) {
                socket->abort();
                return;
            }
            const QByteArray text = socket->peek(longestCall);
            if (!text.endsWith("\n\n"))
                return;    // the rest is on its way
            socket->readAll();
            socket->write(accepted);
            socket->flush();
            emit called(QString::fromUtf8(text.chopped(2)).split(u'\n', Qt::SkipEmptyParts));
        });
    }
}

}
