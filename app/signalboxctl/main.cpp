// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/program.h"

#include "core/base/logging.h"

#include <QCoreApplication>

#include <langinfo.h>

#include <clocale>
#include <cstring>

namespace {

/// Qt warns on standard error, where errors stand, if the locale is not UTF-8, and then takes C.UTF-8. So do we, before it looks.
void useUtf8Locale()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

}

int main(int argc, char* argv[])
{
    useUtf8Locale();
    core::base::installLogging(qEnvironmentVariableIsSet("SIGNALBOX_VERBOSE"));
    const QCoreApplication application(argc, argv);
    std::setlocale(LC_MESSAGES, "C");    // what libpq says of a connection is read by us before a person sees it: in English
    return app::runProgram(QCoreApplication::arguments().mid(1));
}
