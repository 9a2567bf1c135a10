// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/program.h"

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
    const QCoreApplication application(argc, argv);
    return app::runProgram(QCoreApplication::arguments().mid(1));
}
