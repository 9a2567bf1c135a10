// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/quiet_gate.h"
#include "tests/bench/ui/bench_application.h"
#include "tests/bench/ui/rows.h"
#include "tests/bench/ui/trials.h"

#include <QCommandLineParser>
#include <QDir>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace bench;

namespace {

struct Group {
    const char* name;
    QList<Figure> (*measure)(const UiOptions&);
};
constexpr Group groups[] = {{"start", startRows}, {"list", listRows}, {"live", liveRows}, {"payload", payloadRows}};

struct NamedTrial {
    const char* name;
    Trial (*begin)(const TrialWish&, const Finish&);
};
constexpr NamedTrial trials[] = {{"floor", tryFloor},
                                 {"start", tryStart},
                                 {"list", tryList},
                                 {"live", tryLive},
                                 {"webhooks-open", tryWebhooksOpen},
                                 {"webhooks-closed", tryWebhooksClosed},
                                 {"payload", tryPayload}};

QStringList groupNames()
{
    QStringList names;
    for (const Group& group : groups)
        names += QString::fromLatin1(group.name);
    return names;
}

void describeOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        u"Figures of the console beside floors of the same run: an empty Qt window over computed rows, the bare query, the bytes read. "
        "Each trial is a process of its own. Asserts nothing. Needs a display 3000 pixels high."_s);
    parser.addHelpOption();
    QCommandLineOption hidden[] = {
        {u"trial"_s, {}, u"NAME"_s}, {u"store"_s, {}, u"FILE"_s}, {u"trial-rows"_s, {}, u"N"_s}, {u"started-at"_s, {}, u"MS"_s}};
    for (QCommandLineOption& option : hidden) {
        option.setFlags(QCommandLineOption::HiddenFromHelp);
        parser.addOption(option);
    }
    parser.addOptions(
        {{u"rows"_s, u"Only these groups; may be given again. There are: "_s + groupNames().join(u", "_s), u"NAME"_s},
         {u"rounds"_s, u"Measured rounds of each group."_s, u"N"_s, u"3"_s},
         {u"jobs"_s, u"Jobs in the stores of start and list, with commas between; each is made once and kept."_s, u"N,N"_s, u"1000000"_s},
         {u"folder"_s, u"Where those stores are kept."_s, u"FOLDER"_s, QCoreApplication::applicationDirPath() + u"/../stores"_s},
         {u"json"_s, u"Print JSON instead of a table."_s}});
}

UiOptions readOptions(const QCommandLineParser& parser)
{
    UiOptions options;
    options.rounds = std::max(1, parser.value(u"rounds"_s).toInt());
    options.folder = QDir::cleanPath(parser.value(u"folder"_s));
    options.asJson = parser.isSet(u"json"_s);
    options.jobs.clear();
    for (const QString& value : parser.values(u"jobs"_s)) {
        for (const QString& count : value.split(u',', Qt::SkipEmptyParts))
            options.jobs += std::max<qint64>(10'000, count.toLongLong());
    }
    std::sort(options.jobs.begin(), options.jobs.end());
    for (const QString& value : parser.values(u"rows"_s))
        options.names += value.split(u',', Qt::SkipEmptyParts);
    for (const QString& name : std::as_const(options.names)) {
        if (!groupNames().contains(name))
            giveUp(u"there is no group %1; there are %2"_s.arg(name, groupNames().join(u", "_s)));
    }
    return options;
}

int runOne(const QCommandLineParser& parser)
{
    const QString name = parser.value(u"trial"_s);
    const TrialWish wish{parser.value(u"store"_s), parser.value(u"started-at"_s).toDouble(), parser.value(u"trial-rows"_s).toLongLong()};
    const auto* found =
        std::find_if(std::begin(trials), std::end(trials), [&](const NamedTrial& each) { return name == QLatin1String(each.name); });
    if (found == std::end(trials))
        giveUp(u"there is no trial %1"_s.arg(name));
    QByteArray answer;
    Trial trial = found->begin(wish, [&](const Report& report) {
        answer = report.toJson();
        BenchApplication::instance().setAfterEvent({});
        BenchApplication::exit();    // not quit(), which asks the windows whether they may close
    });
    BenchApplication::exec();
    trial.reset();
    std::fwrite(answer.constData(), 1, static_cast<size_t>(answer.size()), stdout);
    return 0;
}

int runAll(const QCommandLineParser& parser)
{
    const UiOptions options = readOptions(parser);
    if (!QDir().mkpath(options.folder))
        giveUp(u"%1 cannot be made"_s.arg(options.folder));
    const Noise before = measureNoise(options.folder);
    std::fprintf(stderr, "%s\n", qUtf8Printable(before.text()));
    QList<Figure> figures;
    for (const Group& group : groups) {
        if (!options.names.isEmpty() && !options.names.contains(QLatin1String(group.name)))
            continue;
        std::fprintf(stderr, "%s ...\n", group.name);
        figures += group.measure(options);
    }
    const QString noise = u"before: %1\nafter: %2"_s.arg(before.text(), measureNoise(options.folder).text());
    if (options.asJson) {
        std::printf("%s\n", toJson(figures, noise).constData());
        return 0;
    }
    printTable(figures);
    std::printf("\n%s\n", qUtf8Printable(noise));
    return 0;
}

}

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(u"bench_ui"_s);
    BenchApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QCommandLineParser parser;
    describeOptions(parser);
    parser.process(application);
    return parser.isSet(u"trial"_s) ? runOne(parser) : runAll(parser);
}
