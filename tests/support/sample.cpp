// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QProcess>

#include <nlohmann/json.hpp>

namespace test_support {

using namespace Qt::StringLiterals;

namespace {

/// Empty, or what went wrong. Made under another name first: a test that was stopped leaves no half clip behind.
QString make(const QString& path)
{
    QProcess script;
    script.setProcessChannelMode(QProcess::MergedChannels);
    const QString fresh = path.chopped(4) + u"-fresh"_s;
    script.start(QStringLiteral(SAMPLE_SCRIPT), {fresh + u".mp4"_s});
    if (!script.waitForFinished(110'000) || script.exitCode() != 0)
        return u"make-sample.sh failed: %1"_s.arg(QString::fromUtf8(script.readAll()));
    for (const QString& suffix : {u".json"_s, u".mp4"_s}) {
        const QString target = path.chopped(4) + suffix;
        QFile::remove(target);
        if (!QFile::rename(fresh + suffix, target))
            return u"could not write %1"_s.arg(target);
    }
    return {};
}

void readTruth(Sample& sample)
{
    QFile file(sample.path.chopped(4) + u".json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray bytes = file.readAll();
    const auto truth = nlohmann::json::parse(bytes.begin(), bytes.end());
    sample.durationMs = truth.at("duration_ms").get<qint64>();
    for (const auto& silence : truth.at("silences"))
        sample.silencesMs << std::pair(silence.at("start_ms").get<qint64>(), silence.at("end_ms").get<qint64>());
    for (const auto& change : truth.at("scene_changes_ms"))
        sample.sceneChangesMs << change.get<qint64>();
    for (const auto& word : truth.at("words"))
        sample.words << QString::fromStdString(word.get<std::string>());
}

}

Sample sample()
{
    const QString folder = QStringLiteral(SAMPLE_FOLDER);
    Sample sample{.path = folder + u"/sample.mp4"_s, .error = {}, .silencesMs = {}, .sceneChangesMs = {}, .words = {}};
    QDir().mkpath(folder);
    QLockFile lock(folder + u"/lock"_s);
    if (!lock.tryLock(120'000))
        return {.path = {},
                .error = u"another test has been making the sample for too long"_s,
                .silencesMs = {},
                .sceneChangesMs = {},
                .words = {}};
    const QFileInfo made(sample.path);
    if (!made.exists() || made.lastModified() < QFileInfo(QStringLiteral(SAMPLE_SCRIPT)).lastModified())
        sample.error = make(sample.path);
    if (!sample.error.isEmpty())
        sample.path.clear();
    else
        readTruth(sample);
    return sample;
}

}
