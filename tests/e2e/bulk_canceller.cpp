// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>

#include <sys/prctl.h>

using namespace Qt::StringLiterals;

/// bulk_canceller FILTER STORE STORAGE: freezes what the filter takes, says "ready", and cancels it as a console would. It is there to be
/// killed on the way.
int main(int argc, char** argv)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);    // a test that is stopped leaves none of these behind
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 4)
        return 2;
    core::backend::DirectBackendOptions options;
    options.storePath = arguments.at(2);
    options.storagePath = arguments.at(3);
    const auto backend = core::backend::DirectBackend::open(options);
    if (!backend)
        qFatal("%s", qUtf8Printable(backend.error().message));
    const auto filter = core::jobs::parseFilter(arguments.at(1), core::base::systemNow());
    const auto scope = (*backend)->freezeJobs({*filter, core::tasks::ScopeStates::Active}).wait();
    if (!scope)
        qFatal("%s", qUtf8Printable(scope.error().message));
    std::puts("ready");
    std::fflush(stdout);
    const core::Caller caller{u"ann"_s, u"operator"_s, false, u"doomed"_s};
    const auto answer = (*backend)->cancelMany(caller, scope->ids, u"clean up"_s).wait();
    return answer && answer->acted == scope->ids.size() ? 0 : 1;
}
