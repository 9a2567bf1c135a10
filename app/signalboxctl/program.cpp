// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/program.h"

#include "app/signalboxctl/act_commands.h"
#include "app/signalboxctl/artifact_commands.h"
#include "app/signalboxctl/case_commands.h"
#include "app/signalboxctl/commands.h"
#include "app/signalboxctl/confirmation.h"
#include "app/signalboxctl/job_commands.h"
#include "app/signalboxctl/keyring_password.h"
#include "app/signalboxctl/known_connections.h"
#include "app/signalboxctl/list_commands.h"
#include "app/signalboxctl/preset_commands.h"
#include "app/signalboxctl/scenario_commands.h"
#include "app/signalboxctl/store_commands.h"
#include "app/signalboxctl/submit_commands.h"
#include "app/signalboxctl/webhook_commands.h"
#include "app/signalboxctl/work_command.h"
#include "core/backend/direct_backend.h"
#include "core/backend/server_check.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <pwd.h>
#include <unistd.h>

namespace app {

using core::ErrorKind;
using core::errorOf;
using core::failure;
using core::Result;
using core::backend::DirectBackend;
using core::backend::DirectBackendOptions;
using namespace Qt::StringLiterals;

namespace {

const QString connectionName = u"signalboxctl"_s;

struct StorePlaces {
    QString store;
    QString storage;
};

QString loginName()
{
    if (const passwd* user = ::getpwuid(::getuid()); user != nullptr && user->pw_name != nullptr)
        return QString::fromLocal8Bit(user->pw_name);
    return u"uid-%1"_s.arg(::getuid());
}

StorePlaces placesOf(const Arguments& arguments)
{
    const QString ofData = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/signalbox/store.db"_s;
    const QString ofEnvironment = qEnvironmentVariable("SIGNALBOX_STORE");
    const QString store = arguments.value(u"store").value_or(ofEnvironment.isEmpty() ? ofData : ofEnvironment);
    if (core::backend::isOnServer(store)) {
        const QString own = QFileInfo(ofData).dir().filePath(u"storage"_s);
        return {store, QFileInfo(arguments.value(u"storage").value_or(own)).absoluteFilePath()};
    }
    const QString storage = arguments.value(u"storage").value_or(QFileInfo(store).dir().filePath(u"storage"_s));
    return {QFileInfo(store).absoluteFilePath(), QFileInfo(storage).absoluteFilePath()};
}

DirectBackendOptions optionsFor(const StorePlaces& places, bool readOnly, Command command)
{
    DirectBackendOptions options;
    options.storePath = places.store;
    options.storagePath = places.storage;
    options.readOnly = readOnly;
    options.connectionName = connectionName;
    options.mayMigrate = command == Command::Migrate || !core::backend::isOnServer(places.store);
    return options;
}

/// libpq's own ways to a password come first (environment, service and password file). Where they have none and the server asks for one, the
/// console's keyring may: so a server that asks for none costs no question, and none hears a wrong one first.
Result<DirectBackendOptions> withKeyringPassword(DirectBackendOptions options, const core::Error& refusal, Output& output)
{
    if (!core::backend::wantsPassword(refusal))
        return tl::make_unexpected(refusal);
    const auto kept = keyringPassword(options.storePath, output);
    options.password = kept.value_or(QString());
    if (!options.password.isEmpty())
        return options;
    return failure(refusal.kind, refusal.code,
                   u"The server asks for a password. There is none in PGPASSWORD, a service or a password file, and %1"_s.arg(
                       kept ? u"none in the desktop's keyring for this store"_s : u"the desktop's keyring does not answer"_s),
                   refusal.field, refusal.detail);
}

Result<std::unique_ptr<core::backend::Backend>> openOnServer(const DirectBackendOptions& options, Output& output)
{
    auto opened = DirectBackend::open(options);
    if (opened)
        return opened;
    const auto keyed = withKeyringPassword(options, opened.error(), output);
    if (!keyed)
        return errorOf(keyed);
    return DirectBackend::open(*keyed);
}

Result<std::unique_ptr<core::backend::Backend>> open(const StorePlaces& places, bool readOnly, Command command, Output& output)
{
    if (core::backend::isOnServer(places.store))
        return openOnServer(optionsFor(places, readOnly, command), output);
    if (readOnly && !QFileInfo::exists(places.store))
        return failure(ErrorKind::Unavailable, u"store_missing"_s,
                       u"There is no store at %1, and read-only none is made"_s.arg(places.store), u"--store"_s);
    if (!readOnly && !QDir().mkpath(QFileInfo(places.store).path()))
        return failure(ErrorKind::Unavailable, u"store_not_made"_s, u"The folder of %1 cannot be made"_s.arg(places.store), u"--store"_s);
    return DirectBackend::open(optionsFor(places, readOnly, command));
}

/// Looks first whether the server asks for a password: what the doctor finds is about the store.
DirectBackendOptions optionsForDoctor(const StorePlaces& places, Output& output)
{
    DirectBackendOptions options = optionsFor(places, true, Command::Doctor);
    if (!core::backend::isOnServer(places.store))
        return options;
    const auto opened = DirectBackend::open(options);
    return opened ? options : withKeyringPassword(options, opened.error(), output).value_or(options);
}

Ending runWithStore(Command command, Session& session, const Arguments& arguments)
{
    switch (command) {
    case Command::Submit: return submit(session, arguments);
    case Command::Jobs: return jobs(session, arguments);
    case Command::Show: return show(session, arguments);
    case Command::Events: return events(session, arguments);
    case Command::Attempts: return attempts(session, arguments);
    case Command::Watch: return watch(session, arguments);
    case Command::Cancel: return cancel(session, arguments);
    case Command::Resubmit: return resubmit(session, arguments);
    case Command::Deliveries: return deliveries(session, arguments);
    case Command::Replay: return replay(session, arguments);
    case Command::Post: return post(session, arguments);
    case Command::Artifacts: return artifacts(session, arguments);
    case Command::Work: return work(session, arguments);
    case Command::Prune: return prune(session, arguments);
    case Command::Queue: return queue(session, arguments);
    case Command::Journal: return journal(session, arguments);
    case Command::Presets: return presets(session, arguments);
    case Command::Undo: return undo(session, arguments);
    case Command::Step: return step(session, arguments);
    case Command::Scenario: return saveScenario(session, arguments);
    case Command::Case: return caseFile(session, arguments);
    case Command::Migrate: return migrated(session);
    case Command::Schema:
    case Command::Doctor: break;    // these need no store
    }
    Q_UNREACHABLE();
}

Ending runCommand(const CommandHelp& command, const Arguments& arguments, Output& output)
{
    if (command.command == Command::Schema)
        return schema(output, arguments);
    if (command.command == Command::Scenario && isScenarioRun(arguments))
        return runScenario(output, arguments);
    if (command.command == Command::Case && arguments.operands().value(0) == u"show"_s)
        return showCase(output, arguments.operands().value(1));
    const StorePlaces places = placesOf(arguments);
    const bool readOnly = arguments.has(u"read-only");
    if (command.command == Command::Doctor)    // a store that cannot be opened is one of the things it is asked about
        return doctor(output, optionsForDoctor(places, output));
    auto backend = open(places, readOnly, command.command, output);
    if (!backend) {
        output.error(backend.error());
        return ExitCode::Unavailable;    // whatever the cause: damaged, of a newer version, out of reach
    }
    Wakeups wakeups;
    const core::Caller caller{.operatorName = arguments.value(u"operator").value_or(loginName()),
                              .role = u"operator"_s,
                              .readOnly = readOnly,
                              .connection = connectionName};
    Session session{.backend = **backend,
                    .caller = caller,
                    .output = output,
                    .wakeups = wakeups,
                    .isOnServer = core::backend::isOnServer(places.store),
                    .storagePath = places.storage,
                    .production = productionName(places.store)};
    (*backend)->setChangeListener([&wakeups] { wakeups.changed(); });
    auto ending = runWithStore(command.command, session, arguments);
    (*backend)->setChangeListener({});
    backend->reset();    // before what its listener used goes
    return ending;
}

/// The first operand; the values of the options that every command takes are passed over.
QString commandName(const QStringList& words)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (!words[i].startsWith(u'-'))
            return words[i];
        for (const Option& option : globalOptions())
            i += !option.valueName.isEmpty() && words[i] == u"--"_s + option.name ? 1 : 0;
    }
    return {};
}

Ending runWords(const QStringList& words, Output& output)
{
    const QString name = commandName(words);
    const auto command = findCommand(name);
    const auto arguments = Arguments::parse(words, globalOptions() + (command ? command->options : QList<Option>()));
    const bool wantsHelp = words.contains(u"--help"_s) || words.contains(u"-h"_s) || name == u"help"_s;
    if (wantsHelp && (arguments || !command)) {
        output.line((command ? commandHelp(*command) : programHelp()).trimmed());
        return ExitCode::Ok;
    }
    if (!name.isEmpty() && !command)
        return usageFailure(u"There is no command %1; `signalboxctl --help` lists them"_s.arg(name), name);
    if (!arguments)
        return errorOf(arguments);
    if (arguments->has(u"version")) {
        output.line(u"signalboxctl " SIGNALBOX_VERSION ""_s);
        return ExitCode::Ok;
    }
    if (!command)
        return usageFailure(u"Which command? `signalboxctl --help` lists them"_s);
    const Arguments rest = arguments->withoutFirstOperand();
    if (rest.operands().size() < command->least || rest.operands().size() > command->most)
        return usageFailure(u"Usage: signalboxctl %1 %2"_s.arg(command->name, command->operands).trimmed());
    return runCommand(*command, rest, output);
}

}

int runProgram(const QStringList& words)
{
    Output output(words.contains(u"--json"_s));
    const Ending ending = runWords(words, output);
    output.endProgress();
    if (!ending)
        output.error(ending.error());
    const ExitCode code = ending ? *ending : exitCodeOf(ending.error());
    if (!output.isIntact()) {
        output.error({ErrorKind::Internal, u"output_not_written"_s, u"Standard output could not be written to its end"_s, {}, {}});
        return static_cast<int>(ExitCode::Internal);
    }
    return static_cast<int>(code);
}

}
