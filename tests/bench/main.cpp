// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/quiet_gate.h"
#include "tests/bench/rows.h"
#include "tests/bench/rows_postgres.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace bench;

namespace {

struct Row {
    const char* name;    ///< one function may print several figures whose names begin with this
    std::function<QList<Figure>(const Options&)> run;
};

QList<Row> allRows()
{
    const auto one = [](Figure (*measure)(const Options&)) {
        return [measure](const Options& options) { return QList<Figure>{measure(options)}; };
    };
    return {
        {"submit", one(submitOneByOne)},
        {"submit-batched", one(submitBatched)},
        {"webhook-progress", one(webhookProgress)},
        {"webhook-progress-signed", one(webhookSigned)},
        {"webhook-failed", one(webhookFailed)},
        {"webhook-done", one(webhookDone)},
        {"replay", one(replay)},
        {"replay-control", replayControl},
        {"drain", one(drain)},
        {"drain-all-statements", one(drainAll)},
        {"dispatch", dispatch},
        {"open-new", one(openNewStore)},
        {"open-old", one(openOldStore)},
        {"list", listPages},
        {"json-index", jsonIndex},
        {"pg-submit", pgSubmit},
        {"pg-submit-batched", one(pgSubmitBatched)},
        {"pg-webhook", pgWebhook},
        {"pg-replay", one(pgReplay)},
        {"pg-drain", one(pgDrain)},
        {"pg-dispatch", one(pgDispatch)},
        {"pg-list", pgList},
        {"pg-live", one(pgLive)},
    };
}

Options readOptions(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Figures of the core beside floors of the same run: the same statements through SQLite's own C API "
        "or libpq with the same durability, product and floor in turn, medians. The rows pg-... start a server of their own. Asserts "
        "nothing."_s);
    parser.addHelpOption();
    QStringList names;
    for (const Row& row : allRows())
        names.append(QString::fromLatin1(row.name));
    parser.addOptions({{u"rows"_s, u"Only these rows; may be given again. There are: "_s + names.join(u", "_s), u"NAME"_s},
                       {u"rounds"_s, u"Measured pairs of each row; one more warms up."_s, u"N"_s, u"5"_s},
                       {u"list-rows"_s, u"Jobs in the stores of the rows list and pg-list."_s, u"N"_s, u"1000000"_s},
                       {u"folder"_s, u"Where the stores are made; put it on the disk that counts."_s, u"FOLDER"_s, QDir::tempPath()},
                       {u"json"_s, u"Print JSON instead of a table."_s}});
    parser.process(application);
    Options options;
    options.rounds = std::max(1, parser.value(u"rounds"_s).toInt());
    options.listRows = std::max(10'000, parser.value(u"list-rows"_s).toInt());
    options.folder = parser.value(u"folder"_s);
    options.asJson = parser.isSet(u"json"_s);
    for (const QString& value : parser.values(u"rows"_s))
        options.names += value.split(u',', Qt::SkipEmptyParts);
    for (const QString& name : std::as_const(options.names)) {
        if (!names.contains(name))
            giveUp(u"there is no row %1; there are %2"_s.arg(name, names.join(u", "_s)));
    }
    return options;
}

}

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const Options options = readOptions(application);
    const Noise before = measureNoise(options.folder);
    std::fprintf(stderr, "%s\n", qUtf8Printable(before.text()));
    QList<Figure> figures;
    for (const Row& row : allRows()) {
        if (!options.names.isEmpty() && !options.names.contains(QLatin1String(row.name)))
            continue;
        std::fprintf(stderr, "%s ...\n", row.name);
        figures += row.run(options);
    }
    const Noise after = measureNoise(options.folder);
    const QString noise = u"before: %1\nafter: %2"_s.arg(before.text(), after.text());
    if (options.asJson) {
        std::printf("%s\n", toJson(figures, noise).constData());
        return 0;
    }
    printTable(figures);
    std::printf("\n%s\n", qUtf8Printable(noise));
    return 0;
}
