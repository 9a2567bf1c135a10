// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace bench {

/// What a made store holds: jobs that have ended, a second apart, the newest a moment before it was made; one in ten has failed.
struct JobStoreWish {
    qint64 jobs = 1'000'000;
    int running = 0;        ///< more, newer than all of them, that run and whose reports the store takes
    QByteArray output{};    ///< if there is one: of one DONE transcription more, the newest of all
};

/// The product's schema, filled through the C API. Gives up where it cannot.
void makeJobStore(const QString& path, const JobStoreWish& wish);

/// A store of so many jobs below `folder`: made on the first call, which takes a minute for ten millions, and used again later.
[[nodiscard]] QString keptJobStore(const QString& folder, qint64 jobs);

/// The ids that makeJobStore() gives: of the job of that number, from 0, the oldest.
[[nodiscard]] QByteArray jobStoreId(qint64 number);

}
