// SPDX-License-Identifier: Apache-2.0
#include "app/signalbox/screenshots.h"

#include "app/signalbox/demo.h"
#include "app/signalbox/sample_history.h"
#include "app/signalbox/shot_tour.h"
#include "core/base/logging.h"
#include "ui/console/console.h"
#include "ui/console/log_buffer.h"
#include "ui/session/store_session.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

namespace signalbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int couldNot = 6;
constexpr char tourVariable[] = "SIGNALBOX_SCREENSHOT_TOUR";    // set for the processes that draw

void say(FILE* to, const QString& line)
{
    std::fprintf(to, "%s\n", qPrintable(line));
    std::fflush(to);
}

/// Makes the sample, then draws it once for each scale.
class Run final : public QObject {
public:
    Run(QApplication& application, const Arguments& arguments) : m_application(application), m_arguments(arguments) {}

    bool begin()
    {
        if (!m_folder.isValid() || !QDir().mkpath(*m_arguments.screenshots)) {
            say(stderr, u"signalbox: %1 cannot be made"_s.arg(*m_arguments.screenshots));
            return false;
        }
        if (m_arguments.store) {
            m_store = *m_arguments.store;
            m_storage = m_arguments.storage.value_or(QFileInfo(m_store).absolutePath() + u"/storage"_s);
            draw(0);
            return true;
        }
        m_store = m_folder.filePath(u"store.db"_s);
        m_storage = m_folder.filePath(u"storage"_s);
        if (m_arguments.sample)
            runSample();
        else
            writeHistory();
        return true;
    }

private:
    void writeHistory()
    {
        core::whenDone(m_lane.run([store = m_store, storage = m_storage]() -> core::Result<int> {
            QDir().mkpath(storage + u"/inputs"_s);
            QFile input(storage + u"/inputs/interview-0412.wav"_s);
            if (!input.open(QIODevice::WriteOnly) || input.write("sample") < 0)
                return core::failure(core::ErrorKind::Unavailable, u"sample"_s, input.errorString());
            input.close();
            return writeSampleHistory(store, storage, u"inputs/interview-0412.wav"_s);
        }),
                       this, [this](const core::Result<int>& written) {
                           if (!written)
                               giveUp(written.error().message);
                           else
                               draw(0);
                       });
    }
    /// Seven real jobs on a real file, so that waves, frames and captions are true ones.
    void runSample()
    {
        ui::ConnectionProfile profile;
        profile.id = u"sample"_s;
        profile.name = u"My computer"_s;
        profile.storePath = m_store;
        profile.storagePath = m_storage;
        m_session = std::make_unique<ui::StoreSession>(profile);
        m_demo = std::make_unique<Demo>(*m_session, *m_arguments.sample);
        connect(m_demo.get(), &Demo::finished, this, [this](const QStringList& problems) {
            for (const QString& problem : problems)
                say(stderr, u"signalbox: sample: "_s + problem);
            m_demo.release()->deleteLater();
            core::whenDone(m_session->backend()->stopWorkers(core::backend::Backend::Stop::Finish), this,
                           [this](const core::Result<bool>&) {
                               m_session.reset();
                               writeHistory();    // after the workers have gone: what waits in it is to wait
                           });
        });
        m_session->open();
    }
    void draw(int which)
    {
        static const QStringList scales{u"1"_s, u"1.5"_s};
        if (which >= scales.size()) {
            m_application.exit(0);
            return;
        }
        auto* process = new QProcess(this);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_SCALE_FACTOR"_s, scales.at(which));
        environment.insert(QString::fromLatin1(tourVariable), u"1"_s);
        process->setProcessEnvironment(environment);
        process->setProcessChannelMode(QProcess::ForwardedChannels);
        connect(process, &QProcess::finished, this, [this, which](int code, QProcess::ExitStatus status) {
            if (code != 0 || status != QProcess::NormalExit)
                giveUp(u"the process that draws ended with %1"_s.arg(code));
            else
                draw(which + 1);
        });
        process->start(QApplication::applicationFilePath(),
                       {u"--screenshot"_s, *m_arguments.screenshots, u"--store"_s, m_store, u"--storage"_s, m_storage, u"--read-only"_s});
    }
    void giveUp(const QString& why)
    {
        say(stderr, u"signalbox: The screenshots were not made: "_s + why);
        m_application.exit(couldNot);
    }

    QApplication& m_application;
    Arguments m_arguments;
    QTemporaryDir m_folder;
    QString m_store;
    QString m_storage;
    std::unique_ptr<ui::StoreSession> m_session;
    std::unique_ptr<Demo> m_demo;
    core::Lane m_lane;
};

/// One scale, both themes: in a process of its own.
int drawTour(QApplication& application, const Arguments& arguments)
{
    QTemporaryDir folder;
    ui::Preferences preferences(folder.filePath(u"console.ini"_s));
    ui::ConnectionStore connections(folder.filePath(u"connections.json"_s));
    ui::LogBuffer log;
    ui::applyLook(preferences);
    ui::Console console(preferences, connections, log);
    ui::ConnectionProfile profile;
    profile.id = u"sample"_s;
    profile.name = u"My computer"_s;
    profile.storePath = *arguments.store;
    profile.storagePath = arguments.storage.value_or(QFileInfo(*arguments.store).absolutePath() + u"/storage"_s);
    profile.workerThreads = 0;    // the sample stands still
    ShotTour tour(console, preferences, profile, *arguments.screenshots);
    QObject::connect(&tour, &ShotTour::finished, &application, [&application](bool all) { application.exit(all ? 0 : couldNot); });
    tour.begin();
    return QApplication::exec();
}

}

int renderScreenshots(QApplication& application, const Arguments& arguments)
{
    core::base::installLogging(arguments.verbose);
    if (qEnvironmentVariableIsSet(tourVariable))
        return drawTour(application, arguments);
    Run run(application, arguments);
    return run.begin() ? QApplication::exec() : couldNot;
}

}
