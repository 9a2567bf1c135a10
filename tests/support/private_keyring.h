// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/private_bus.h"

#include <QDir>

namespace test_support {

/// The real gnome-keyring on a bus of a test's own, unlocked, with its files in that bus's folder.
class PrivateKeyring {
public:
    /// Empty, or what went wrong. It answers a moment later.
    [[nodiscard]] QString begin(const PrivateBus& bus)
    {
        using namespace Qt::StringLiterals;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const auto& [name, folder] : {std::pair("HOME", "home"),
                                           {"XDG_DATA_HOME", "data"},
                                           {"XDG_RUNTIME_DIR", "run"},
                                           {"XDG_CONFIG_HOME", "config"},
                                           {"XDG_CACHE_HOME", "cache"}}) {
            const QString path = bus.folder.filePath(QString::fromLatin1(folder));
            QDir().mkpath(path);
            QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
            environment.insert(QString::fromLatin1(name), path);
        }
        m_daemon.setProcessEnvironment(environment);
        m_daemon.start(u"gnome-keyring-daemon"_s, {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
        if (!m_daemon.waitForStarted())
            return m_daemon.errorString();
        m_daemon.write("the keyring's own password");
        m_daemon.closeWriteChannel();
        return {};
    }
    ~PrivateKeyring()
    {
        m_daemon.terminate();
        if (!m_daemon.waitForFinished(5000))
            m_daemon.kill();
        m_daemon.waitForFinished();
    }

private:
    QProcess m_daemon;
};

}
