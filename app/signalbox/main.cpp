// SPDX-License-Identifier: Apache-2.0
#include "app/signalbox/arguments.h"
#include "app/signalbox/program.h"
#include "app/signalbox/screenshots.h"

#include <QApplication>

#include <clocale>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

/// Qt ends the program with an abort where there is no display; a person should read a sentence.
bool hasDisplay()
{
    return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || qEnvironmentVariableIsSet("DISPLAY") ||
           qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
}

}

int main(int argc, char** argv)
{
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words << QString::fromLocal8Bit(argv[i]);
    const auto arguments = signalbox::readArguments(words);
    if (!arguments) {
        std::fprintf(stderr, "signalbox: %s\n", qPrintable(arguments.error().message));
        return 2;
    }
    if (arguments->help) {
        std::fputs(qPrintable(signalbox::usage()), stdout);
        return 0;
    }
    if (arguments->version) {
        std::puts("signalbox " SIGNALBOX_VERSION);
        return 0;
    }
    if (arguments->screenshots)
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (!hasDisplay()) {
        std::fputs("signalbox: There is no display here. signalbox --screenshot DIR renders the pages into files instead; "
                   "signalboxctl works without one.\n",
                   stderr);
        return 3;
    }
    QApplication::setApplicationName(u"signalbox"_s);
    QApplication::setApplicationDisplayName(u"Signalbox"_s);
    QApplication::setApplicationVersion(QStringLiteral(SIGNALBOX_VERSION));
    QApplication::setDesktopFileName(u"signalbox"_s);
    QApplication application(argc, argv);
    std::setlocale(LC_MESSAGES, "C");    // what libpq says of a connection is read by us before a person sees it: in English
    application.setQuitOnLastWindowClosed(false);
    return arguments->screenshots ? signalbox::renderScreenshots(application, *arguments) : signalbox::runConsole(application, *arguments);
}
