// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>

#include <csignal>

namespace test_support {

/// The processes of this machine, but ours, that name `text` in their arguments: what works on a storage or a store.
[[nodiscard]] inline QStringList processesNaming(const QString& text)
{
    QStringList found;
    for (const QString& pid : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        QFile arguments(QStringLiteral("/proc/%1/cmdline").arg(pid));
        if (pid.toLongLong() == QCoreApplication::applicationPid() || !arguments.open(QIODevice::ReadOnly))
            continue;
        const QString line = QString::fromUtf8(arguments.readAll().replace('\0', ' '));    // a dead one that is not reaped has none
        if (line.contains(text))
            found << pid + u' ' + line;
    }
    return found;
}

/// A process with embedded workers on a store, to be killed without warning.
class WorkerProcess {
public:
    /// Empty when its workers run, or what went wrong.
    [[nodiscard]] QString start(const QString& program, const QString& store, const QString& storage, const QStringList& options)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, options + QStringList{store, storage});
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(20'000))
                return QStringLiteral("The worker process does not get ready: ") + m_process.errorString();
        }
        return {};
    }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    /// kill -9, and gone when this returns.
    void kill9()
    {
        ::kill(static_cast<pid_t>(m_process.processId()), SIGKILL);
        m_process.waitForFinished(-1);
    }
    ~WorkerProcess()
    {
        if (m_process.state() != QProcess::NotRunning)
            kill9();
    }

private:
    QProcess m_process;
};

}
