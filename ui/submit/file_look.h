// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"

#include <QList>
#include <QStringList>
#include <QUrl>

namespace ui {

/// A file of the person's machine, as it was looked at.
struct LocalFile {
    QString path;
    qint64 size = 0;    ///< bytes; 0 where there is none
    bool isFolder = false;
};

/// Looks at files on a lane: a disk that does not answer holds up nothing but this.
[[nodiscard]] core::Pending<QList<LocalFile>> lookAt(core::Lane& lane, const QStringList& paths);

/// The local files and folders that were dropped, without a look at them.
[[nodiscard]] QStringList localPaths(const QList<QUrl>& urls);

}
