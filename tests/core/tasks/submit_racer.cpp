// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/task_service.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

using namespace core;
using namespace Qt::StringLiterals;

/// submit_racer STORE STORAGE TIMES same|own : says "ready", waits for a line, submits TIMES times and writes "<job id> <reused>" for each.
/// `same` submits one input again and again, `own` another one each time.
int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 5)
        return 2;
    database::DatabaseOptions options;
    options.path = arguments.at(1);
    options.durability = database::Durability::Normal;
    options.busyTimeout = std::chrono::seconds(60);
    const auto database = database::Database::open(options);
    if (!database)
        return 3;
    const tasks::TaskSettings settings{files::Storage(arguments.at(2)), webhooks::MasterKey(QByteArray(32, 'k')), base::systemNow, {}};
    tasks::TaskService service(**database, settings);
    const Caller caller{u"racer"_s, u"operator"_s, false, u"test"_s};

    std::puts("ready");
    std::fflush(stdout);
    if (std::getchar() == EOF)
        return 4;
    for (int i = 0; i < arguments.at(3).toInt(); ++i) {
        tasks::SubmitRequest request;
        request.type = JobType::SilenceDetect;
        request.input =
            R"({"file_path":"inputs/clip.mp4","round":ROUND})"_ba.replace("ROUND", QByteArray::number(arguments.at(4) == "own"_L1 ? i : 0));
        const auto answer = service.submit(caller, request);
        if (!answer) {
            std::fprintf(stderr, "%s\n", qUtf8Printable(answer.error().message));
            return 5;
        }
        std::printf("%s %d\n", qUtf8Printable(answer->jobId.text), answer->reused ? 1 : 0);
    }
    return 0;
}
