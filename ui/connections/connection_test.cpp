// SPDX-License-Identifier: Apache-2.0
#include "ui/connections/connection_test.h"

#include "core/backend/direct_backend.h"
#include "ui/base/format.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::ServerStage;

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("ui::ConnectionDialog", text);
}

TestStage storageStage(const ConnectionProfile& profile)
{
    const bool storage = QFileInfo(profile.storagePath).isDir();
    return {say("Storage"), storage, storage ? profile.storagePath : say("no such folder: previews will say so")};
}

QList<TestStage> testFile(const ConnectionProfile& profile)
{
    QList<TestStage> stages;
    const QFileInfo file(profile.storePath);
    const bool folder = QFileInfo(file.absolutePath()).isDir();
    stages << TestStage{say("Folder"), folder, file.absolutePath()};
    if (!file.exists()) {
        const bool canMake = !profile.readOnly;
        stages << TestStage{say("File"), canMake,
                            canMake ? say("is not there; it is made when the connection opens") : say("is not there")};
        return stages;
    }
    stages << TestStage{say("File"), file.isFile(), sizeText(file.size())};
    core::backend::DirectBackendOptions options;
    options.storePath = profile.storePath;
    options.storagePath = profile.storagePath;
    options.readOnly = true;
    options.busyTimeout = std::chrono::seconds(2);
    const auto opened = core::backend::DirectBackend::open(options);
    stages << TestStage{say("Opened, schema version"), opened.has_value(), opened ? say("this version's") : opened.error().message};
    if (opened) {
        const auto last = (*opened)->lastChange().wait();
        stages << TestStage{say("Answers"), last.has_value(), last ? say("%1 changes so far").arg(countText(*last)) : last.error().message};
    }
    return stages << storageStage(profile);
}

QList<TestStage> testServer(const ConnectionProfile& profile, const QString& password)
{
    QList<TestStage> stages;
    const auto found = core::backend::checkServer(profile.storePath, password);
    for (const ServerStage& stage : found) {
        if (stage.kind == ServerStage::Kind::Url && stage.passed)
            continue;    // it stands in its field
        const QString time = stageTime(stage);
        stages << TestStage{stageTitle(stage.kind), stage.passed, time.isEmpty() ? stage.detail : u"%1 (%2)"_s.arg(stage.detail, time)};
    }
    if (found.constLast().passed)
        stages << storageStage(profile);
    return stages;
}

}

QString stageTitle(ServerStage::Kind kind)
{
    using Kind = ServerStage::Kind;
    switch (kind) {
    case Kind::Url: return say("Address");
    case Kind::Name: return say("Name resolved");
    case Kind::Reached: return say("Host reached");
    case Kind::Encrypted: return say("Encrypted");
    case Kind::LoggedIn: return say("Session");
    case Kind::Schema: return say("Schema version");
    case Kind::Rights: return say("Rights");
    case Kind::Latency: return say("Round trip");
    }
    Q_UNREACHABLE();
}

QString stageTime(const ServerStage& stage)
{
    if (stage.took.count() < 0)
        return {};
    const double ms = static_cast<double>(stage.took.count()) / 1000;
    return say("%1 ms").arg(ms, 0, 'f', ms < 10 ? 1 : 0);
}

QList<TestStage> testConnection(const ConnectionProfile& profile, const QString& password)
{
    switch (profile.kind) {
    case ConnectionKind::Embedded: return testFile(profile);
    case ConnectionKind::Postgres: return testServer(profile, password);
    }
    Q_UNREACHABLE();
}

}
