// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/direct_backend.h"
#include "core/jobs/models.h"
#include "tests/support/test_store.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

namespace test_support {

/// A store and a storage in a folder of their own, behind the backend as the programs use it. Its workers are this process's
/// own, or none: then the test starts a host. Where a test program's second row runs, the store is on the tests' server.
class EmbeddedStore {
public:
    enum class Place { OfThisRow, File };

    explicit EmbeddedStore(Place where = Place::OfThisRow) : place(folder.path(), where == Place::OfThisRow && onPostgres())
    {
        options.storePath = place.path();
        options.storagePath = folder.filePath(QStringLiteral("storage"));
    }
    /// Empty, or what went wrong.
    [[nodiscard]] QString open()
    {
        auto opened = core::backend::DirectBackend::open(options);
        if (!opened)
            return opened.error().message;
        backend = std::move(*opened);
        return {};
    }
    [[nodiscard]] QString startWorkers(int threads = 2)
    {
        const auto started = backend->startWorkers({threads, std::chrono::seconds(30), 3});
        return started ? QString() : started.error().message;
    }
    [[nodiscard]] core::Result<core::tasks::SubmitAnswer> submit(core::JobType type, const nlohmann::json& input) const
    {
        core::tasks::SubmitRequest request;
        request.type = type;
        request.input = QByteArray::fromStdString(input.dump());
        return backend->submit(caller, request).wait();
    }
    [[nodiscard]] core::backend::JobDetails details(const core::JobId& id) const
    {
        return backend->job(id).wait().value_or(core::backend::JobDetails{});
    }
    [[nodiscard]] core::jobs::Job job(const core::JobId& id) const { return details(id).job; }
    /// False if the job is not over in time.
    [[nodiscard]] bool waitForEnd(const core::JobId& id, int timeoutMs = 60'000) const
    {
        return QTest::qWaitFor([&] { return core::jobs::isTerminal(job(id).status); }, timeoutMs);
    }
    [[nodiscard]] nlohmann::json output(const core::JobId& id) const
    {
        return nlohmann::json::parse(job(id).outputData.value_or("null").toStdString());
    }
    [[nodiscard]] QList<core::jobs::JobEvent> events(const core::JobId& id) const
    {
        return backend->events(id).wait().value_or(QList<core::jobs::JobEvent>{});
    }
    [[nodiscard]] QList<core::jobs::JobAttempt> attempts(const core::JobId& id) const
    {
        return backend->attempts(id).wait().value_or(QList<core::jobs::JobAttempt>{});
    }
    [[nodiscard]] QStringList outcomes(const core::JobId& id) const
    {
        QStringList words;
        const auto all = attempts(id);
        for (const auto& attempt : all)
            words << attempt.outcome;
        return words;
    }
    [[nodiscard]] QList<core::files::ArtifactWithFile> artifacts(const core::JobId& id) const
    {
        return backend->artifacts(id).wait().value_or(QList<core::files::ArtifactWithFile>{});
    }
    [[nodiscard]] QString path(const QString& key) const { return options.storagePath + u'/' + key; }
    [[nodiscard]] QString path(const nlohmann::json& key) const { return path(QString::fromStdString(key.get<std::string>())); }
    /// Files and folders below a folder of the storage, relative to it, sorted; also hidden ones.
    [[nodiscard]] QStringList under(const QString& key) const
    {
        QStringList found;
        QDirIterator each(path(key), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (each.hasNext())
            found << QDir(path(key)).relativeFilePath(each.next());
        found.sort();
        return found;
    }
    /// What nobody may leave behind.
    [[nodiscard]] QStringList halfWritten() const { return under(QStringLiteral(".")).filter(QStringLiteral(".part-")); }

    QTemporaryDir folder;
    TestStore place;
    core::backend::DirectBackendOptions options;
    core::Caller caller{.operatorName = QStringLiteral("tester"), .connection = QStringLiteral("test")};
    std::unique_ptr<core::backend::DirectBackend> backend;
};

/// What a program says on standard output; empty if it fails.
[[nodiscard]] inline QByteArray outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return {};
    return process.readAllStandardOutput();
}

/// ffprobe's view of a file: null if it cannot be opened.
[[nodiscard]] inline nlohmann::json ffprobe(const QString& path)
{
    using namespace Qt::StringLiterals;
    const QByteArray said = outputOf(
        u"ffprobe"_s, {u"-v"_s, u"error"_s, u"-print_format"_s, u"json"_s, u"-show_format"_s, u"-show_streams"_s, u"file:"_s + path});
    return said.isEmpty() ? nlohmann::json() : nlohmann::json::parse(said.toStdString());
}

/// A clip with picture and sound, `seconds` long: long enough for a job to be found in its middle.
[[nodiscard]] inline bool makeClip(const QString& path, int seconds, const QString& size = QStringLiteral("640x360"))
{
    using namespace Qt::StringLiterals;
    QProcess process;
    process.start(u"ffmpeg"_s, {u"-nostdin"_s, u"-v"_s,      u"error"_s,     u"-y"_s,
                                u"-f"_s,       u"lavfi"_s,   u"-i"_s,        u"testsrc2=s=%1:r=25:d=%2"_s.arg(size).arg(seconds),
                                u"-f"_s,       u"lavfi"_s,   u"-i"_s,        u"sine=f=440:r=48000:d=%1"_s.arg(seconds),
                                u"-c:v"_s,     u"libx264"_s, u"-preset"_s,   u"ultrafast"_s,
                                u"-c:a"_s,     u"aac"_s,     u"-shortest"_s, path});
    return process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

}
