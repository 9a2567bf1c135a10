// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <signal.h>
#include <sys/types.h>

namespace test_support {

/// A Postgres server for one test alone, to be killed, stopped and set up as it likes. POSTGRES_SCRIPT is tests/support/postgres.sh.
class OwnServer {
public:
    ~OwnServer()
    {
        resume();
        run(QStringLiteral("stop"));
    }
    [[nodiscard]] bool start() { return run(QStringLiteral("start")); }
    /// It speaks TLS on 127.0.0.1 as well, and shows the certificate "right" (certificates.sh says which there are).
    [[nodiscard]] bool startSecure() { return run(QStringLiteral("secure")); }
    /// At once, as a power cut would end it.
    [[nodiscard]] bool crash() { return run(QStringLiteral("crash")); }
    [[nodiscard]] bool again() { return run(QStringLiteral("again")); }
    [[nodiscard]] QString url(const QString& user = QStringLiteral("postgres")) const
    {
        const QString socket = QStringLiteral("postgres:///postgres?user=%1&host=%2").arg(user, folder());
        return port() > 0 ? socket + QStringLiteral("&port=%1").arg(port()) : socket;
    }
    /// Of a secure one, as of a server far away that has this name: it is reached on 127.0.0.1 all the same.
    [[nodiscard]] QString farUrl(const QString& host, const QString& knownAuthority = QStringLiteral("authority")) const
    {
        return QStringLiteral("postgres://postgres@%1:%2/postgres?hostaddr=127.0.0.1&sslrootcert=%3")
            .arg(host)
            .arg(port())
            .arg(certificate(knownAuthority));
    }
    [[nodiscard]] int port() const
    {
        QFile file(folder() + QStringLiteral("/port"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
    }
    [[nodiscard]] QString certificate(const QString& name) const { return folder() + QStringLiteral("/tls/%1.crt").arg(name); }
    /// What it shows from the next reload on.
    [[nodiscard]] bool setCertificate(const QString& name) const
    {
        const QByteArray file = QFile::encodeName(folder() + QStringLiteral("/tls/") + name);
        return addSetting("ssl_cert_file = '" + file + ".crt'\nssl_key_file = '" + file + ".key'");
    }
    /// What it wrote down.
    [[nodiscard]] QByteArray log() const
    {
        QFile file(folder() + QStringLiteral("/log"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// All its processes stand still, and answer nobody.
    void pause() { signalAll(SIGSTOP); }
    void resume() { signalAll(SIGCONT); }
    /// Before the first line of its rules for logins.
    [[nodiscard]] bool addLoginRule(const QByteArray& rule) const
    {
        return change(QStringLiteral("pg_hba.conf"), [&](QByteArray text) { return rule + '\n' + text; });
    }
    [[nodiscard]] bool addSetting(const QByteArray& setting) const
    {
        return change(QStringLiteral("postgresql.conf"), [&](QByteArray text) { return text + setting + '\n'; });
    }
    /// From its next start on it waits for another server's changes.
    [[nodiscard]] bool becomeStandby() const
    {
        return change(QStringLiteral("standby.signal"), [](const QByteArray&) { return QByteArray(); });
    }

private:
    [[nodiscard]] QString folder() const { return QFileInfo(m_place.path() + QStringLiteral("/socket")).symLinkTarget(); }
    [[nodiscard]] QString inData(const QString& name) const { return folder() + QStringLiteral("/data/") + name; }
    bool run(const QString& verb) const { return QProcess::execute(QStringLiteral(POSTGRES_SCRIPT), {verb, m_place.path()}) == 0; }
    template <class Edit>
    bool change(const QString& name, Edit edit) const
    {
        QFile file(inData(name));
        if (!file.open(QIODevice::ReadWrite))
            return false;
        const QByteArray text = edit(file.readAll());
        return file.resize(0) && file.seek(0) && file.write(text) == text.size();
    }
    static pid_t parentOf(pid_t process)
    {
        QFile stat(QStringLiteral("/proc/%1/stat").arg(process));
        if (!stat.open(QIODevice::ReadOnly))
            return 0;
        const QByteArray text = stat.readAll();
        return text.mid(text.lastIndexOf(')') + 4).split(' ').value(0).toInt();    // ") S 123 ..."
    }
    void signalAll(int signal) const
    {
        QFile pidFile(inData(QStringLiteral("postmaster.pid")));
        if (!pidFile.open(QIODevice::ReadOnly))
            return;
        const pid_t postmaster = pidFile.readLine().trimmed().toInt();
        if (postmaster <= 0)
            return;
        ::kill(postmaster, signal);
        for (const QString& name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
            const pid_t process = name.toInt();
            if (process > 0 && parentOf(process) == postmaster)
                ::kill(process, signal);
        }
    }

    QTemporaryDir m_place;
};

}
