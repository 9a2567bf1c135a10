// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

namespace test {

struct Run {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
    [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
    [[nodiscard]] QJsonArray array() const { return QJsonDocument::fromJson(out).array(); }
    [[nodiscard]] QJsonObject error() const { return QJsonDocument::fromJson(err).object(); }
};

/// The real program on a store of its own in a folder that goes with it.
class CtlProcess {
public:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList& words) const
    {
        auto process = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SIGNALBOX_STORE"), path(QStringLiteral("store.db")));
        environment.insert(QStringLiteral("XDG_DATA_HOME"), path(QStringLiteral("data")));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path(QStringLiteral("config")));
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
        process->setProcessEnvironment(environment);
        process->setWorkingDirectory(m_folder.path());
        process->start(QStringLiteral(SIGNALBOXCTL_PROGRAM), words);
        return process;
    }
    [[nodiscard]] static Run end(QProcess& process, int timeoutMs = 60000)
    {
        process.closeWriteChannel();
        if (!process.waitForFinished(timeoutMs)) {
            process.kill();
            process.waitForFinished();
            return {-2, process.readAllStandardOutput(), process.readAllStandardError()};
        }
        const int code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -3;
        return {code, process.readAllStandardOutput(), process.readAllStandardError()};
    }
    [[nodiscard]] Run run(const QStringList& words) const { return end(*start(words)); }
    static void interrupt(const QProcess& process, int signal) { ::kill(static_cast<pid_t>(process.processId()), signal); }

    /// A WAV file: a second of tone, a second of silence, 8 kHz, one channel. Its path.
    [[nodiscard]] QString makeSound(const QString& name) const
    {
        constexpr int rate = 8000;
        QByteArray samples(2 * 2 * rate, '\0');
        for (int i = 0; i < rate; ++i) {
            const qint16 sample = i % 20 < 10 ? 8000 : -8000;
            samples[2 * i] = static_cast<char>(sample & 0xff);
            samples[2 * i + 1] = static_cast<char>((sample >> 8) & 0xff);
        }
        const auto number = [](quint32 value, int bytes) {
            QByteArray little;
            for (int i = 0; i < bytes; ++i)
                little += static_cast<char>((value >> (8 * i)) & 0xffU);
            return little;
        };
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write("RIFF" + number(static_cast<quint32>(36 + samples.size()), 4) + "WAVEfmt " + number(16, 4) + number(1, 2) +
                   number(1, 2) + number(rate, 4) + number(2 * rate, 4) + number(2, 2) + number(16, 2) + "data" +
                   number(static_cast<quint32>(samples.size()), 4) + samples);
        return file.fileName();
    }
    [[nodiscard]] QString write(const QString& name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(bytes);
        return file.fileName();
    }

private:
    QTemporaryDir m_folder;
};

}

/// Compares an exit code, and shows what the program said where it is another.
#define EXITS(ended, code)                                                                                                                 \
    do {                                                                                                                                   \
        const test::Run once = (ended); /* the argument may start a program */                                                             \
        QVERIFY2(once.exitCode == (code),                                                                                                  \
                 qPrintable(QStringLiteral("exit %1\n").arg(once.exitCode) + QString::fromUtf8(once.out + once.err)));                     \
    } while (false)
