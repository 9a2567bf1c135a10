// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QStringList>

namespace signalbox {

/// One console for each person: a second call hands its links to the one that runs and ends.
class SingleInstance final : public QObject {
    Q_OBJECT

public:
    /// `name` tells instances apart; only this account can reach the socket.
    explicit SingleInstance(QString name, QObject* parent = nullptr);

    /// True if a running console took the links over.
    [[nodiscard]] bool handOver(const QStringList& links);
    /// Listens for later calls; a socket that a crashed console left is taken over.
    void listen();

signals:
    /// Another call came in, perhaps without a link: then it only wants to be seen.
    void called(const QStringList& links);

private:
    void take();
    QString m_name;
    QLocalServer m_server;
};

}
