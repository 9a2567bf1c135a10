// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "ui/session/connection_profile.h"

#include <QStringList>
#include <QUrl>

#include <optional>

namespace signalbox {

/// What the console was called with.
struct Arguments {
    bool help = false;
    bool version = false;
    bool verbose = false;
    bool readOnly = false;
    bool newInstance = false;        ///< do not hand over to a console that runs
    std::optional<QString> store;    ///< a store of this call alone, not kept among the connections: a file or a server's URL
    std::optional<QString> storage;
    std::optional<QString> screenshots;    ///< render the main pages into this folder and end
    std::optional<QString> sample;         ///< a media file for the screenshots' jobs
    std::optional<QString> demo;           ///< submit all seven kinds of job on this file once the store is open
    QList<QUrl> links;                     ///< signalbox:// links to open, and case files
};

/// Invalid usage, with the argument as field.
[[nodiscard]] core::Result<Arguments> readArguments(const QStringList& arguments);
[[nodiscard]] QString usage();
/// The connection of --store. It runs none of the store's jobs, unless this call brings its own (--demo). A server's store is taken for production
/// and only read.
[[nodiscard]] ui::ConnectionProfile givenConnection(const Arguments& arguments);

}
