// SPDX-License-Identifier: Apache-2.0
// What a store on a server asks of its connections: who they are, how long they wait, and hearing of what others do.
#include "core/backend/direct_backend_state.h"
#include "core/backend/masking.h"
#include "core/jobs/repository.h"

#include <QCoreApplication>

#include <algorithm>

namespace core::backend {

using namespace Qt::StringLiterals;
using database::Access;
using database::ChangeBell;

namespace {

constexpr std::chrono::seconds quickRead{10};
constexpr std::chrono::seconds oneAct{30};
constexpr std::chrono::minutes rareWork{2};
constexpr int countingTimes = 4;                          // what looks at very many rows may take longer than a page
constexpr int pagesCacheKib = 1024;                       // the rows of two pages of a list, each on a page of the file
constexpr int readersCacheKib = 256;                      // what reads a row, or all of them, once
constexpr std::chrono::milliseconds whileHeldBack{50};    // an older transaction is about to end

}

database::DatabaseOptions DirectBackend::State::databaseOptions(const QString& purpose) const
{
    database::DatabaseOptions wanted;
    wanted.path = options.storePath;
    wanted.access = options.readOnly ? Access::ReadOnly : Access::ReadWrite;
    wanted.busyTimeout = options.busyTimeout;
    wanted.password = options.password;
    wanted.mayMigrate = options.mayMigrate;
    wanted.statementTimeout = oneAct;
    const QString program = QCoreApplication::applicationName();
    wanted.applicationName = (program.isEmpty() ? u"signalbox"_s : program) + u": "_s + purpose;
    return wanted;
}

std::unique_ptr<StoreLane> DirectBackend::State::writingLane(const QString& purpose, Use use) const
{
    auto wanted = databaseOptions(purpose);
    if (use == Use::Rare)
        wanted.statementTimeout = rareWork;
    auto lane = std::make_unique<StoreLane>(wanted, settings);
    lane->setLogin(login);
    if (caseStorage)
        lane->setRefusal(inCaseFile());
    if (isServer && use == Use::Rare)
        lane->setRare();
    return lane;
}

std::unique_ptr<StoreLane> DirectBackend::State::readingLane(const QString& purpose, Use use) const
{
    auto wanted = databaseOptions(purpose);
    wanted.access = Access::ReadOnly;
    switch (use) {
    case Use::Quick: wanted.statementTimeout = std::min<std::chrono::milliseconds>(options.readTimeout, quickRead); break;
    case Use::Common: wanted.statementTimeout = options.readTimeout; break;
    case Use::Counting:
    case Use::Rare: wanted.statementTimeout = countingTimes * options.readTimeout; break;
    }
    auto lane = std::make_unique<StoreLane>(wanted, settings);
    lane->setLogin(login);
    if (isServer && use == Use::Rare)
        lane->setRare();
    return lane;
}

std::unique_ptr<StoreLane> DirectBackend::State::fileReadingLane(Use use) const
{
    auto wanted = databaseOptions({});
    wanted.cacheKib = use == Use::Common ? pagesCacheKib : readersCacheKib;
    auto lane = std::make_unique<StoreLane>(wanted, settings);
    if (caseStorage)
        lane->setRefusal(inCaseFile());
    return lane;
}

void DirectBackend::State::hearOthers()
{
    std::call_once(bellMade, [this] {
        if (!isServer)
            return;
        bell = std::make_unique<ChangeBell>(databaseOptions(u"notifications"_s), options.beatEvery, [this](ChangeBell::Heard heard) {
            if (heard == ChangeBell::Heard::Queued || heard == ChangeBell::Heard::Found) {
                const std::scoped_lock lock(mutex);
                if (pool)
                    pool->wake();
            }
            tell();
        });
    });
}

std::chrono::milliseconds DirectBackend::State::nextLook(bool isHeldBack) const
{
    if (isHeldBack)
        return whileHeldBack;
    return bell && bell->isListening() ? options.safetyPoll : ChangePage().nextLook;
}

Pending<ChangePage> DirectBackend::changesAfter(qint64 position, int limit)
{
    m_state->hearOthers();    // before the read: what is committed after it is told
    return m_state->reads->run([=, state = m_state.get()](Session& session) -> Result<ChangePage> {
        const jobs::JobRepository repository(*session.database);
        auto events = repository.eventsAfter(position, limit);
        if (!events)
            return errorOf(events);
        const qint64 last = events->isEmpty() ? position : events->last().position;
        const auto heldBack = repository.holdsBackEvents(last);
        if (!heldBack)
            return errorOf(heldBack);
        return masked(ChangePage{std::move(*events), last, state->nextLook(*heldBack)});
    });
}

Pending<qint64> DirectBackend::lastChange()
{
    m_state->hearOthers();
    return m_state->reads->run([](Session& session) { return jobs::JobRepository(*session.database).lastPosition(); });
}

void DirectBackend::setChangeListener(std::function<void()> listener)
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->listener = std::move(listener);
}

}
