// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/direct_backend.h"
#include "core/backend/store_lane.h"
#include "core/casefile/case_storage.h"
#include "core/database/change_bell.h"
#include "core/tasks/worker_pool.h"

#include <atomic>

namespace core::backend {

/// The one queue and its workers as they are now.
[[nodiscard]] Result<QueueState> readQueue(database::Database& database);

/// Forbidden case_file: how every act on a case file is refused.
[[nodiscard]] Error inCaseFile();

/// What the parts of DirectBackend share: its lanes and who listens. Private to the files that implement it.
struct DirectBackend::State {
    State(DirectBackendOptions given, tasks::TaskSettings taskSettings) : options(std::move(given)), settings(std::move(taskSettings)) {}

    /// `purpose` is what a server's administrator sees beside the program's name.
    database::DatabaseOptions databaseOptions(const QString& purpose) const;
    enum class Use { Quick, Common, Counting, Rare };
    std::unique_ptr<StoreLane> writingLane(const QString& purpose, Use use) const;
    std::unique_ptr<StoreLane> readingLane(const QString& purpose, Use use) const;
    /// A file is opened in one way, as its store is.
    std::unique_ptr<StoreLane> fileReadingLane(Use use) const;
    /// A caller cannot do more than the connection, whatever they say of themselves.
    Caller here(Caller caller) const
    {
        caller.readOnly = caller.readOnly || options.readOnly;
        return caller;
    }
    /// Where a stored file stands, on whichever lane: a case's files come out of it when they are first asked for.
    Result<QString> locate(const QString& key, const CancelToken& cancel = {}) const
    {
        if (caseStorage) {
            if (const auto brought = caseStorage->bring(key, cancel.joinedWith(closing.token())); !brought)
                return errorOf(brought);
        }
        return settings.storage.resolve(key);
    }
    /// A long act does not hold up the end of the connection.
    tasks::ActControl untilClosing(tasks::ActControl control) const
    {
        control.cancel = control.cancel.joinedWith(closing.token());
        return control;
    }
    /// After a commit, from the thread that committed.
    void changed(database::ChangeBell::Kind kind = database::ChangeBell::Kind::Changed)
    {
        {
            const std::scoped_lock lock(mutex);
            if (pool)
                pool->wake();
        }
        if (isServer) {
            hearOthers();
            bell->ring(kind);
        }
        tell();
    }
    /// On a server: from now on told of what other processes do. Not before somebody needs it: a list alone is no reason for a connection.
    void hearOthers();
    /// When to look for other processes' changes if nobody tells of them.
    std::chrono::milliseconds nextLook(bool isHeldBack) const;
    /// However many commits come together, one call is on its way at a time.
    void tell()
    {
        if (told.exchange(true))
            return;
        teller.post([this] {
            told = false;
            std::function<void()> call;
            {
                const std::scoped_lock lock(mutex);
                call = listener;
            }
            if (call)
                call();
        });
    }

    DirectBackendOptions options;
    std::shared_ptr<SharedLogin> login = std::make_shared<SharedLogin>();
    bool isServer = false;
    bool hasStorage = false;    // when it was opened
    tasks::TaskSettings settings;
    std::unique_ptr<casefile::CaseStorage> caseStorage;    // of a case file; else null
    std::mutex mutex;                                      // guards listener and pool
    std::function<void()> listener;
    std::shared_ptr<tasks::WorkerPool> pool;
    std::atomic<bool> told = false;
    CancelSource closing;    // stops what is under way and may take long: previews, acts on many

    // Lanes last: they end before what their work uses.
    Lane teller;
    std::once_flag bellMade;
    std::unique_ptr<database::ChangeBell> bell;    // null until hearOthers()
    std::unique_ptr<StoreLane> acts;
    std::unique_ptr<StoreLane> bulk;
    std::unique_ptr<StoreLane> lists;         // pages of rows that a request narrows: may be slow
    Lane previews;                            // runs of ffmpeg for drawings: nothing else waits for them
    std::unique_ptr<StoreLane> reads;         // one job, one delivery, the live feed, the newest of a kind: always quick
    std::unique_ptr<StoreLane> stories;       // all rows of a job: the live feed does not wait for them
    std::unique_ptr<StoreLane> statistics;    // counts and what else looks at very many rows: no page waits for it
    std::unique_ptr<StoreLane> histories;     // all bodies of a job, for a scenario; its connection cannot write
    std::unique_ptr<StoreLane> rehearsals;    // dry runs of acts on many, in a copy in memory; its connection cannot write
    std::unique_ptr<StoreLane> signatures;    // why one was refused: as long as a sender made the body
    Lane scratch;                             // plays scenarios, apart from the store
    std::unique_ptr<StoreLane> cases;         // case files, out and in: as long as their files are large
    Lane fileWork;                            // copies, the doctor, waiting for workers: anything that needs no store
};

}
