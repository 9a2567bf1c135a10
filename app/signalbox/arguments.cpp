// SPDX-License-Identifier: Apache-2.0
#include "app/signalbox/arguments.h"

#include "core/backend/direct_backend.h"
#include "core/backend/server_check.h"
#include "ui/casefile/case_words.h"
#include "ui/connections/connection_store.h"

#include <QFileInfo>

namespace signalbox {

using namespace Qt::StringLiterals;

core::Result<Arguments> readArguments(const QStringList& arguments)
{
    const auto wrong = [](const QString& argument, const QString& why) {
        return core::failure(core::ErrorKind::Invalid, u"usage"_s, u"%1: %2"_s.arg(argument, why), argument);
    };
    Arguments read;
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        const auto takesValue = [&](std::optional<QString>& into) -> bool {
            if (i + 1 >= arguments.size() || arguments.at(i + 1).isEmpty())
                return false;
            into = arguments.at(++i);
            return true;
        };
        if (argument == "--help"_L1 || argument == "-h"_L1)
            read.help = true;
        else if (argument == "--version"_L1)
            read.version = true;
        else if (argument == "--verbose"_L1)
            read.verbose = true;
        else if (argument == "--read-only"_L1)
            read.readOnly = true;
        else if (argument == "--new-instance"_L1)
            read.newInstance = true;
        else if (argument == "--store"_L1 || argument == "--storage"_L1 || argument == "--screenshot"_L1 || argument == "--sample"_L1 ||
                 argument == "--demo"_L1) {
            std::optional<QString>& into = argument == "--store"_L1     ? read.store
                                           : argument == "--storage"_L1 ? read.storage
                                           : argument == "--sample"_L1  ? read.sample
                                           : argument == "--demo"_L1    ? read.demo
                                                                        : read.screenshots;
            if (!takesValue(into))
                return wrong(argument, u"needs a value"_s);
        } else if (argument.startsWith("signalbox:"_L1)) {
            read.links << QUrl(argument);
        } else if (ui::isCaseName(argument)) {
            read.links << QUrl::fromLocalFile(QFileInfo(argument).absoluteFilePath());
        } else {
            return wrong(argument, u"is no option of signalbox; try --help"_s);
        }
    }
    if (read.readOnly && !read.store)
        return wrong(u"--read-only"_s, u"needs --store FILE; connections say for themselves whether they may write"_s);
    if (read.store && core::backend::isOnServer(*read.store)) {
        if (const auto checked = core::backend::checkServerUrl(*read.store); !checked)
            return wrong(u"--store"_s, checked.error().message);
        if (read.demo)
            return wrong(u"--demo"_s, u"needs a store of this machine; a server's is opened read-only"_s);
    }
    return read;
}

QString usage()
{
    return uR"(Usage: signalbox [OPTIONS] [signalbox://job/ID | FILE.sbcase]

Opens the console on the connections of this person; a console that runs already takes the call over. A case file opens in a window of
its own, only to be looked at.

  --store FILE|URL   open this store instead, for this call alone; its waiting jobs are not run. One on a server (postgres://user@host/database)
                     opens as production, only to be looked at
  --storage DIR      where its media files are (default: storage beside the store)
  --read-only        change nothing in it
  --new-instance     do not hand over to a console that runs
  --screenshot DIR   render the main pages on sample data, light and dark, at 1x and 1.5x, and end
  --sample FILE      the media file that the screenshots' jobs work on
  --demo FILE        submit all seven kinds of job on this media file
  --verbose          more lines in the log
  --version, --help

Exit codes: 0 done; 2 called wrongly; 3 no display; 6 screenshots could not be made.
)"_s;
}

ui::ConnectionProfile givenConnection(const Arguments& arguments)
{
    if (core::backend::isOnServer(*arguments.store)) {
        ui::ConnectionProfile server = ui::ConnectionStore::carefulOnServer(*arguments.store);
        server.id = u"given:"_s + server.storePath;
        if (arguments.storage)
            server.storagePath = QFileInfo(*arguments.storage).absoluteFilePath();
        return server;
    }
    ui::ConnectionProfile profile;
    const QFileInfo store(*arguments.store);
    profile.id = u"given:"_s + store.absoluteFilePath();
    profile.name = store.fileName();
    profile.storePath = store.absoluteFilePath();
    profile.storagePath = arguments.storage ? QFileInfo(*arguments.storage).absoluteFilePath() : store.absolutePath() + u"/storage"_s;
    profile.readOnly = arguments.readOnly;
    profile.workerThreads = arguments.demo ? 2 : 0;    // to look at somebody's store is not to run its jobs
    return profile;
}

}
