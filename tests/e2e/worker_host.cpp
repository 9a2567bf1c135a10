// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <csignal>
#include <cstdio>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

/// What a full disk looks like to everything in this process and below: a write past the limit fails. The signal that would come
/// with it is ignored, also by the children.
void limitFiles(qint64 bytes)
{
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit files{static_cast<rlim_t>(bytes), static_cast<rlim_t>(bytes)};
    setrlimit(RLIMIT_FSIZE, &files);
}

}

/// Workers on a store until somebody kills them. Says "ready" when they run.
int main(int argc, char** argv)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);    // a test that is stopped leaves none of these behind
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument(u"store"_s, u"The store's file"_s);
    parser.addPositionalArgument(u"storage"_s, u"The storage's folder"_s);
    parser.addOption({u"lease-ms"_s, u"How long a silent worker is believed to live"_s, u"ms"_s, u"1000"_s});
    parser.addOption({u"threads"_s, u"Worker threads"_s, u"n"_s, u"2"_s});
    parser.addOption({u"file-limit"_s, u"Largest file that can be written"_s, u"bytes"_s});
    parser.process(application);
    if (parser.positionalArguments().size() != 2)
        parser.showHelp(2);
    if (parser.isSet(u"file-limit"_s))
        limitFiles(parser.value(u"file-limit"_s).toLongLong());

    core::backend::DirectBackendOptions options;
    options.storePath = parser.positionalArguments().at(0);
    options.storagePath = parser.positionalArguments().at(1);
    const auto backend = core::backend::DirectBackend::open(options);
    if (!backend)
        qFatal("%s", qUtf8Printable(backend.error().message));
    const std::chrono::milliseconds lease(parser.value(u"lease-ms"_s).toInt());
    if (const auto started = (*backend)->startWorkers({parser.value(u"threads"_s).toInt(), lease, 3}); !started)
        qFatal("%s", qUtf8Printable(started.error().message));
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}
