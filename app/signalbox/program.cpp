// SPDX-License-Identifier: Apache-2.0
#include "app/signalbox/program.h"

#include "app/signalbox/arguments.h"
#include "app/signalbox/demo.h"
#include "app/signalbox/single_instance.h"
#include "core/base/logging.h"
#include "ui/console/console.h"
#include "ui/console/log_buffer.h"
#include "ui/notify/notices.h"
#include "ui/window/main_window.h"
#include "ui/window/toast.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QFileInfo>

namespace signalbox {

using namespace Qt::StringLiterals;

namespace {

/// One console for each person and configuration.
QString instanceName(const QString& configuration)
{
    const QByteArray digest = QCryptographicHash::hash(configuration.toUtf8(), QCryptographicHash::Sha256).toHex().first(16);
    return u"signalbox-console-"_s + QString::fromLatin1(digest);
}

void openLinks(ui::Console& console, const QList<QUrl>& links)
{
    for (const QUrl& link : links) {
        if (link.isLocalFile())
            console.openCase(link.toLocalFile());
        else if (const auto opened = console.openLink(link); !opened && !console.windows().isEmpty() && console.windows().last())
            ui::showToast(*console.windows().last(), opened.error().message);
    }
}

}

int runConsole(QApplication& application, const Arguments& arguments)
{
    ui::LogBuffer log;
    core::base::installLogging(arguments.verbose);
    log.install();
    ui::Preferences preferences;
    ui::applyLook(preferences);

    const QString configuration = QFileInfo(preferences.fileName()).absolutePath();
    SingleInstance instance(instanceName(configuration));
    const bool alone = arguments.newInstance || arguments.store;
    if (!alone) {
        QStringList links;
        for (const QUrl& link : arguments.links)
            links << link.toString(QUrl::FullyEncoded);
        if (instance.handOver(links))
            return 0;
        instance.listen();
    }

    ui::ConnectionStore connections(configuration + u"/connections.json"_s);
    ui::Console console(preferences, connections, log);
    console.setKeepsPlaces(!alone);
    console.setNotices(std::make_unique<ui::Notices>(preferences, std::make_unique<ui::DesktopNotifier>()));
    QObject::connect(&console, &ui::Console::finished, &application, &QApplication::quit);
    QObject::connect(&instance, &SingleInstance::called, &console, [&console](const QStringList& links) {
        QList<QUrl> urls;
        for (const QString& link : links)
            urls << QUrl(link);
        openLinks(console, urls);
        console.comeToFront();
    });
    const bool isOnlyCase = !arguments.links.isEmpty() && arguments.links.first().isLocalFile();
    if (arguments.store)
        console.openWindow(givenConnection(arguments));
    else if (!isOnlyCase)
        console.restore();
    std::unique_ptr<Demo> demo;
    if (arguments.demo) {
        demo = std::make_unique<Demo>(console.windows().first()->session(), QFileInfo(*arguments.demo).absoluteFilePath());
        QObject::connect(demo.get(), &Demo::finished, &console, [](const QStringList& problems) {
            for (const QString& problem : problems)
                qWarning("%s", qPrintable(problem));
        });
        demo->start();
    }
    openLinks(console, arguments.links);
    return QApplication::exec();
}

}
