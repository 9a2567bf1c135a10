// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/server_check.h"
#include "ui/session/connection_profile.h"

#include <QList>

namespace ui {

/// What a staged test of a connection found, one line a stage.
struct TestStage {
    QString name;
    bool passed = false;
    QString detail;
};

/// Opens the store for reading only, so that a test changes nothing. Of a file: folder, file, opened, schema version, storage; of a server:
/// name, reached, encrypted, session, rights, schema version, round trip, storage. Blocks: for a lane.
[[nodiscard]] QList<TestStage> testConnection(const ConnectionProfile& profile, const QString& password = {});

/// "Host reached".
[[nodiscard]] QString stageTitle(core::backend::ServerStage::Kind kind);
/// "9 ms", "0.4 ms"; empty where it was not measured.
[[nodiscard]] QString stageTime(const core::backend::ServerStage& stage);

}
