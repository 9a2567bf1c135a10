// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/commands.h"

#include "core/scenarios/faults.h"

#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr int anyNumber = 100'000;

QString faultLines()
{
    QString lines;
    for (const auto fault : core::scenarios::allFaults) {
        lines += u"  %1 %2\n"_s.arg(core::scenarios::faultName(fault).leftJustified(14), core::scenarios::whatItDoes(fault));
        lines += u"  %1 %2\n"_s.arg(QString(14, u' '), core::scenarios::whatToExpect(fault));
    }
    return lines.chopped(1);
}

// One row a command, aligned by hand.
// clang-format off
QList<CommandHelp> makeCommands()
{
    const Option set{u"set"_s, u"KEY=VALUE"_s, u"Sets one key of the input; VALUE is JSON, else a string. KEY may be a JSON pointer (/style/color)"_s, true};
    const Option input{u"input"_s, u"JSON|@FILE"_s, u"The input as JSON, from a file, or from standard input (@-)"_s};
    const Option force{u"force"_s, {}, u"Run it even beside an active job with the same input"_s};
    const Option wait{u"wait"_s, {}, u"Run a worker here until the job has ended, of a store on a server only wait; exit 0 only if it is DONE"_s};
    const Option dryRun{u"dry-run"_s, {}, u"Go through every stage, show what each would do, and change nothing"_s};
    const Option why{u"reason"_s, u"REASON"_s, u"Why; kept in the journal"_s};
    const Option yes{u"yes"_s, {}, u"Do it without asking; not for many on a production store"_s};
    const Option confirm{u"confirm"_s, u"NAME NUMBER"_s, u"In place of --yes on a production store: the console's name for it, and how many"_s};
    const Option fault{u"fault"_s, u"NAME[:STEP]"_s, u"With this fault at that step (from 1; else where it shows most)"_s, true};
    const auto limit = [](const QString& what) { return Option{u"limit"_s, u"N"_s, what}; };
    return {
        {Command::Submit, u"submit"_s, u"TYPE [FILE]"_s, 1, 2, u"Submit a job"_s,
         u"TYPE is media-probe, silence-detect, silence-apply, media-convert, transcription-generate, frame-extract or captions-generate, or the\n"
         "stored spelling of one. A FILE outside the storage is copied in; a storage key is taken as it is. Without FILE the input names its\n"
         "file_path itself. Ctrl-C during --wait hands the job back: it stays in the queue. On a server --wait runs nothing: its workers do\n"
         "(`signalboxctl work`), and Ctrl-C only ends the wait."_s,
         {set, input, {u"user"_s, u"USER"_s, u"Whose job it is"_s}, {u"project"_s, u"PROJECT"_s, u"The project it belongs to"_s}, force, wait}},
        {Command::Jobs, u"jobs"_s, u"[FILTER...]"_s, 0, anyNumber, u"List jobs, newest first"_s,
         u"FILTER: status:failed type:captions-generate owner:u-12 since:2h before:2026-11-01 id:018f error:\"exit 1\" input.file_path:*.mp4\n"
         "\"free text\"; ! negates, values may be comma lists, terms are ANDed, OR and parentheses group."_s,
         {limit(u"At most N jobs (50)"_s),
          {u"sort"_s, u"ORDER"_s, u"created (newest first), updated (last changed first) or took (longest first; without a span last)"_s},
          {u"follow"_s, {}, u"Then show each job again whenever it changes, until Ctrl-C; JSON is one object a line"_s}}},
        {Command::Show, u"show"_s, u"ID"_s, 1, 1, u"Everything about one job"_s,
         u"State, what stands in its way, the four steps of a cancel, error, lineage, input, output and timeline."_s, {}},
        {Command::Events, u"events"_s, u"ID"_s, 1, 1, u"The events of a job, in order"_s, {}, {}},
        {Command::Attempts, u"attempts"_s, u"ID"_s, 1, 1, u"The runs of a job"_s, {},
         {{u"log"_s, {}, u"With the commands as they were started and the end of what they said"_s}}},
        {Command::Watch, u"watch"_s, u"ID"_s, 1, 1, u"Follow a job until it has ended"_s,
         u"A progress bar on a terminal, else a line for each event. Exit 0 only if the job is DONE."_s, {}},
        {Command::Cancel, u"cancel"_s, u"ID | ID ID... --reason R | --filter F --reason R"_s, 0, anyNumber, u"Cancel jobs"_s,
         u"Several jobs, or with --filter the active ones that match, are counted and frozen, the number and a sample are shown, and you are asked;\n"
         "without a terminal only --yes goes on. Ctrl-C stops it: what was cancelled stays so and is told."_s,
         {{u"filter"_s, u"FILTER"_s, u"Cancel the active jobs that match; an empty filter is refused"_s},
          {u"reason"_s, u"REASON"_s, u"Why; kept in the journal. Needed for more than one"_s},
          {u"dry-run"_s, {}, u"Only count the jobs that match and show some; changes nothing"_s}, yes, confirm}},
        {Command::Resubmit, u"resubmit"_s, u"ID | --filter F --reason R"_s, 0, 1, u"Run a job again, as a new job"_s,
         u"The first run is kept as it is; the new job says which one it retries. Its input is the old one, with what --input and --set change.\n"
         "With --filter: the ended jobs that match, each with its own input, counted, shown and asked about as cancel does. On a server --wait runs\n"
         "nothing: its workers do (`signalboxctl work`)."_s,
         {set, input, force, wait, {u"filter"_s, u"FILTER"_s, u"Run the ended jobs that match again; an empty filter is refused"_s},
          {u"reason"_s, u"REASON"_s, u"Why; kept in the journal. Needed with --filter"_s},
          {u"dry-run"_s, {}, u"Only count the jobs that match and show some; changes nothing"_s}, yes, confirm}},
        {Command::Deliveries, u"deliveries"_s, u"[ID]"_s, 0, 1, u"Webhook deliveries: the newest, a job's, or one whole"_s,
         u"ID is a job's or a delivery's; a delivery is shown with its headers and body. With --explain a secret of your own may be tried: the first\n"
         "line of standard input (--secret-stdin) or SIGNALBOX_WEBHOOK_SECRET. It is kept nowhere."_s,
         {limit(u"At most N deliveries (50)"_s), {u"explain"_s, {}, u"Why the signature of this delivery was taken or refused, and what was tried to find out"_s},
          {u"secret-stdin"_s, {}, u"With --explain: also try the secret that stands on standard input"_s}}},
        {Command::Replay, u"replay"_s, u"DELIVERY... | --outcome O ..."_s, 0, anyNumber, u"Apply stored deliveries again, in the order given"_s,
         u"The original bytes go through every stage once more; the signature is not checked. What was applied before is a duplicate. In place of\n"
         "ids: what the deliveries have. All that fit are counted and frozen, oldest first. More than one needs a reason, and you are asked; without\n"
         "a terminal only --yes goes on. Ctrl-C stops it: what was applied stays so and is told."_s,
         {dryRun, why,
          {u"outcome"_s, u"OUTCOME"_s, u"All whose outcome was applied, ignored-terminal, duplicate, stale or rejected"_s},
          {u"verdict"_s, u"VERDICT"_s, u"All whose signature was not-checked, valid, missing, malformed, wrong, too-old or too-new"_s},
          {u"source"_s, u"SOURCE"_s, u"All that came from worker, render, replay or manual"_s},
          {u"job"_s, u"ID"_s, u"All for this job"_s},
          {u"rate"_s, u"N"_s, u"At most N a second"_s}, yes, confirm}},
        {Command::Post, u"post"_s, u"ID EVENT.json|-"_s, 2, 2, u"Send a job a webhook event by hand"_s,
         u"The file (or standard input) holds a JSON object with status, progress_pct, current_message, output_data, error_message, event_id ..."_s,
         {dryRun, why}},
        {Command::Artifacts, u"artifacts"_s, u"ID"_s, 1, 1, u"What a job made"_s, u"Saving never overwrites: a name that is taken gets a number."_s,
         {{u"save"_s, u"DIR"_s, u"Copy their files into this folder"_s}}},
        {Command::Schema, u"schema"_s, u"[TYPE]"_s, 0, 1, u"The JSON Schemas of a type's input and output"_s, {}, {}},
        {Command::Work, u"work"_s, {}, 0, 0, u"Run jobs until told to stop"_s,
         u"The first SIGINT or SIGTERM takes no new job and lets the running ones end; the second hands them back to the queue."_s,
         {{u"threads"_s, u"N"_s, u"How many jobs at once (2)"_s}, {u"drain"_s, {}, u"Stop when the queue is empty"_s}}},
        {Command::Prune, u"prune"_s, u"--older-than AGE"_s, 0, 0, u"Remove ended jobs and files that nothing uses any more"_s,
         u"AGE is a number and s, m, h, d or w. Without --yes it only says what it would remove. The oldest 10,000 at once, as they are counted first:\n"
         "what ends or comes in meanwhile stays. Ctrl-C stops it after the batch that runs."_s,
         {{u"older-than"_s, u"AGE"_s, u"Jobs that ended longer ago, such as 30d"_s},
          {u"dry-run"_s, {}, u"Only say what would be removed, whatever else is said"_s}, why, yes, confirm}},
        {Command::Queue, u"queue"_s, u"[pause|resume]"_s, 0, 1, u"The queue and its workers"_s, {}, {}},
        {Command::Journal, u"journal"_s, {}, 0, 0, u"What operators did"_s, {}, {limit(u"At most N entries (50)"_s)}},
        {Command::Presets, u"presets"_s, u"[list | save [NAME] | remove ID]"_s, 0, 2, u"The caption presets"_s,
         u"save makes a new one; with --id it changes the one that is there, and what is not said stays. Keys of --set: font, font_size, bold, italic,\n"
         "primary_color and outline_color (#RRGGBB), outline, position (bottom, middle, top), margin_px. Built-in ones stay as they are."_s,
         {{u"set"_s, u"KEY=VALUE"_s, u"save: one key of the style"_s, true},
          {u"from"_s, u"ID"_s, u"save: begin with the style of this preset"_s},
          {u"id"_s, u"ID"_s, u"save: change this preset"_s},
          {u"user"_s, u"USER"_s, u"save: whose preset it is"_s}}},
        {Command::Undo, u"undo"_s, u"ID"_s, 1, 1, u"Take back an act of the journal"_s,
         u"ID is the journal entry's. Pause and resume, and what was done to presets, can be taken back, unless it was changed again since: exit 4."_s, {}},
        {Command::Step, u"step"_s, u"ID [STEP]"_s, 1, 2, u"Play a job's deliveries one by one, in a scratch copy"_s,
         u"Nothing of the store is changed. With STEP that one whole: its stages and the rows that came to be. The faults:\n"_s + faultLines(), {fault}},
        {Command::Scenario, u"scenario"_s, u"run FILE | save ID FILE"_s, 2, 3, u"Deliveries as a file that a test can run"_s,
         u"save writes a job's deliveries and what each step comes to (never over a file that is there). run plays such a file, without a store, and\n"
         "compares: exit 1 with the differences if it goes otherwise. Values of keys that name a secret are masked in the file, and what was signed\n"
         "is signed anew with a secret made for the run."_s, {fault}},
        {Command::Case, u"case"_s, u"export JOB FILE | show FILE | take FILE"_s, 2, 3, u"One job whole as a file, and back again"_s,
         u"export writes the job with its events, attempts, deliveries and files, secrets masked. The file opens like a store, only to be looked at:\n"
         "--store FILE. show tells what is in it and checks it. take brings the job into the store, under its own id, where resubmit runs it again."_s,
         {{u"without-files"_s, {}, u"export: rows only. Without its input file the job cannot be run again elsewhere"_s},
          {u"with"_s, u"KIND"_s, u"export: only files of this kind: input, or a kind of artifact"_s, true},
          {u"lineage"_s, {}, u"export: also the jobs that it retries, and that retry it"_s},
          {u"replace"_s, {}, u"export: FILE may be another case file"_s},
          {u"reason"_s, u"REASON"_s, u"take: why; kept in the journal"_s}}},
        {Command::Migrate, u"migrate"_s, {}, 0, 0, u"Bring a store's schema up to this version"_s,
         u"A store in a file is brought up by whatever opens it first, with a backup beside it. One on a server only by this command: others may be\n"
         "working on it, and its backups are its administrator's. In an empty database it makes the tables."_s, {}},
        {Command::Doctor, u"doctor"_s, {}, 0, 0, u"Look for what the jobs need: store, ffmpeg, engines, fonts"_s,
         u"Exit 6 if something is missing; its line says what to install."_s, {}},
    };
}
// clang-format on

QString optionLines(const QList<Option>& options)
{
    QString text;
    for (const Option& option : options) {
        const QString head = u"  --%1 %2"_s.arg(option.name, option.valueName).trimmed();
        text += u"  %1 %2%3\n"_s.arg(head.leftJustified(22), option.help, option.isRepeatable ? u"; may stand several times"_s : QString());
    }
    return text;
}

constexpr auto exitCodes = "Exit codes:\n"
                           "  0    it was done\n"
                           "  1    the job that was waited for ended otherwise than DONE, or a scenario went otherwise than it says\n"
                           "  2    the command line is wrong; nothing was tried\n"
                           "  3    no such job, delivery or file\n"
                           "  4    refused: the state it is in, a read-only connection, or no confirmation\n"
                           "  5    the input is invalid\n"
                           "  6    the store, or something that the jobs need, is not available\n"
                           "  7    done in part: of several, some failed\n"
                           "  8    an internal error, or the output could not be written\n"
                           "  130  interrupted\n"
                           "Errors stand on standard error as \"signalboxctl: code: message (field f)\", with --json as an object.\n";

}

const QList<CommandHelp>& allCommands()
{
    static const QList<CommandHelp> commands = makeCommands();
    return commands;
}

const QList<Option>& globalOptions()
{
    static const QList<Option> options{
        {u"store"_s, u"FILE"_s, u"The store (SIGNALBOX_STORE, else signalbox/store.db in the XDG data folder)"_s},
        {u"storage"_s, u"DIR"_s, u"The files of the jobs (the folder storage beside the store)"_s},
        {u"read-only"_s, {}, u"Change nothing"_s},
        {u"json"_s, {}, u"Answers and errors as JSON"_s},
        {u"operator"_s, u"NAME"_s, u"Who acts, for the journal (your login name)"_s},
        {u"help"_s, {}, u"Help, also for a command"_s},
        {u"version"_s, {}, u"The version"_s},
    };
    return options;
}

std::optional<CommandHelp> findCommand(const QString& name)
{
    const auto& commands = allCommands();
    const auto found = std::find_if(commands.begin(), commands.end(), [&](const CommandHelp& command) { return command.name == name; });
    if (found == commands.end())
        return {};
    return *found;
}

QString programHelp()
{
    QString text = u"signalboxctl: media jobs from the command line\n\nUsage: signalboxctl COMMAND [ARGUMENTS] [OPTIONS]\n\nCommands:\n"_s;
    for (const CommandHelp& command : allCommands())
        text += u"  %1 %2\n"_s.arg(command.name.leftJustified(12), command.summary);
    text += u"\nOptions of every command:\n"_s + optionLines(globalOptions());
    text += u"\nAn ID may be the beginning of one, if only one begins so. signalboxctl COMMAND --help tells more.\n\n"_s;
    return text + QLatin1String(exitCodes);
}

QString commandHelp(const CommandHelp& command)
{
    QString text = u"Usage: signalboxctl %1 %2\n\n%3.\n"_s.arg(
        command.name, command.operands + (command.options.isEmpty() ? u""_s : u" [OPTIONS]"_s), command.summary);
    if (!command.more.isEmpty())
        text += command.more + u'\n';
    if (!command.options.isEmpty())
        text += u"\nOptions:\n"_s + optionLines(command.options);
    text += u"\nOptions of every command:\n"_s + optionLines(globalOptions());
    return text + u'\n' + QLatin1String(exitCodes);
}

}
