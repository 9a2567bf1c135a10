// SPDX-License-Identifier: Apache-2.0
// One job whole as a file, and back again.
#include "core/backend/direct_backend_state.h"
#include "core/backend/masking.h"
#include "core/casefile/case_file.h"
#include "core/casefile/export.h"
#include "core/casefile/needs.h"
#include "core/casefile/take_home.h"

namespace core::backend {

using namespace Qt::StringLiterals;

namespace {

/// What is in the case, and what of it the store holds.
Result<casefile::CaseSummary> readFor(database::Database& store, const files::Storage& storage, const QString& path)
{
    const auto opened = casefile::openCase(path);
    if (!opened)
        return errorOf(opened);
    auto summary = casefile::checkRows(*opened).and_then([&] { return casefile::summaryOf(*opened, path); });
    if (!summary)
        return errorOf(summary);
    summary->isChecked = !opened->scratch;
    const auto here = casefile::jobsHere(store, summary->jobs, *opened->database);
    if (!here)
        return errorOf(here);
    summary->alreadyHere = *here;
    const auto input = jobs::JobRepository(*opened->database).payload(summary->subject.id, jobs::PayloadColumn::Input);
    if (!input)
        return errorOf(input);
    const QString key = casefile::needsOf(summary->subject.type, input->value_or(QByteArray())).filePath;
    summary->rerun = casefile::withStorage(summary->rerun, key, storage);
    return summary;
}

}

Error inCaseFile()
{
    return {ErrorKind::Forbidden,
            u"case_file"_s,
            u"This is a case file, which is only looked at: nothing was changed. Take it home to run its job again"_s,
            {},
            {}};
}

CaseFiles& caseFiles(Backend& backend)
{
    return dynamic_cast<CaseFiles&>(backend);
}

Result<casefile::CaseSummary> examineCase(const QString& path)
{
    const auto opened = casefile::openCase(path);
    if (!opened)
        return errorOf(opened);
    auto summary = casefile::checkWhole(*opened, {}).and_then([&] { return casefile::summaryOf(*opened, path); });
    if (summary)
        summary->isChecked = !opened->scratch;
    return summary;
}

bool DirectBackend::isCaseFile() const
{
    return m_state->caseStorage != nullptr;
}

Pending<casefile::CaseSummary> DirectBackend::planCase(const casefile::CaseRequest& request)
{
    return m_state->cases->run([=, state = m_state.get()](Session& session) {
        return casefile::planCase({*session.database, [state](const QString& key) { return state->locate(key); },
                                   state->options.connectionName, state->settings.clock},
                                  request);
    });
}

Pending<casefile::CaseSummary> DirectBackend::exportCase(const casefile::CaseRequest& request, const QString& path,
                                                         const tasks::ActControl& control)
{
    return m_state->cases->run([=, state = m_state.get(), control = m_state->untilClosing(control)](Session& session) {
        return casefile::exportCase({*session.database, [state](const QString& key) { return state->locate(key); },
                                     state->options.connectionName, state->settings.clock},
                                    request, path, control);
    });
}

Pending<casefile::CaseSummary> DirectBackend::readCase(const QString& path)
{
    return m_state->cases->run(
        [=, state = m_state.get()](Session& session) { return readFor(*session.database, state->settings.storage, path); });
}

Pending<casefile::TakeHomeAnswer> DirectBackend::takeHome(const Caller& caller, const QString& path, const QString& reason,
                                                          const tasks::ActControl& control)
{
    return m_state->cases->run(
        [=, state = m_state.get(), caller = m_state->here(caller), control = m_state->untilClosing(control)](Session& session) {
            auto answer =
                casefile::takeHome({*session.database, state->settings.storage, state->settings.clock}, caller, path, reason, control);
            if (answer && !answer->taken.isEmpty())
                state->changed();
            return answer;
        });
}

}
