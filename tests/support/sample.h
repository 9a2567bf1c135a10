// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <utility>

namespace test_support {

/// The clip of packaging/make-sample.sh and the truth about it.
struct Sample {
    QString path;    ///< an mp4; empty if it could not be made, then `error` says why
    QString error;
    qint64 durationMs = 0;
    QList<std::pair<qint64, qint64>> silencesMs;    ///< start and end, exact
    QList<qint64> sceneChangesMs;
    QStringList words;    ///< spoken, in order
};

/// Made once for a build folder, on the first call; test programs that start at once wait for one another.
[[nodiscard]] Sample sample();

}
