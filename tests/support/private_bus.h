// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace test_support {

/// A session bus of this test's own, with nobody on it and nobody whom it would start. Begin it before anything looks for the bus: Qt
/// and GLib look once.
class PrivateBus {
public:
    /// Empty, or what went wrong.
    [[nodiscard]] QString begin()
    {
        using namespace Qt::StringLiterals;
        QFile config(folder.filePath(u"bus.conf"_s));
        if (!config.open(QIODevice::WriteOnly))
            return config.errorString();
        config.write("<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
                     "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig><type>session</type><listen>unix:path=" +
                     QFile::encodeName(folder.filePath(u"bus"_s)) +
                     "</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                     "<allow own=\"*\"/></policy></busconfig>\n");
        config.close();
        m_daemon.start(u"dbus-daemon"_s, {u"--nofork"_s, u"--print-address"_s, u"--config-file"_s, config.fileName()});
        if (!m_daemon.waitForStarted() || !m_daemon.waitForReadyRead(10'000))
            return u"dbus-daemon does not start: %1"_s.arg(QString::fromLocal8Bit(m_daemon.readAllStandardError()));
        m_address = QString::fromLatin1(m_daemon.readLine().trimmed());
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toLatin1());
        return {};
    }
    ~PrivateBus()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    [[nodiscard]] const QString& address() const { return m_address; }

    QTemporaryDir folder;

private:
    QProcess m_daemon;
    QString m_address;
};

}
