// SPDX-License-Identifier: Apache-2.0
#include "ui/casefile/case_words.h"

#include "ui/base/format.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMap>

namespace ui {

using namespace Qt::StringLiterals;
using core::casefile::FileState;
using core::casefile::MaskedField;

namespace {

const QString casePrefix = QStringLiteral("case:");    // of the ids of such connections, which are never kept

QString say(const char* text)
{
    return QCoreApplication::translate("ui::casefile", text);
}

}

bool isCaseName(const QString& path)
{
    return path.endsWith(core::casefile::caseSuffix, Qt::CaseInsensitive);
}

ConnectionProfile caseProfile(const QString& path)
{
    const QFileInfo file(path);
    ConnectionProfile profile;
    profile.id = casePrefix + file.absoluteFilePath();
    profile.name = file.fileName();
    profile.storePath = file.absoluteFilePath();
    profile.readOnly = true;
    profile.workerThreads = 0;
    return profile;
}

bool isCaseProfile(const ConnectionProfile& profile)
{
    return profile.id.startsWith(casePrefix);
}

QString suggestedCaseName(const core::jobs::JobSummary& job)
{
    const QString type = job.type == core::JobType::Unknown ? u"job"_s : core::jobs::jobTypeRoute(job.type);
    QString id;
    for (const QChar c : job.id.text) {
        if (c.isLetterOrNumber() && c.unicode() < 128)
            id += c;
    }
    return u"%1-%2"_s.arg(type, id.right(8)) + core::casefile::caseSuffix;
}

QString rerunSentence(const core::casefile::Rerun& rerun)
{
    const QString& code = rerun.code;
    if (code.isEmpty())
        return say("It can be run again from this file alone.");
    if (code == "input_masked"_L1 && rerun.isPossible)
        return say("It can be run again. Secrets in its input are masked: a new run gets [masked] in their place.");
    if (code == "input_left_out"_L1)
        return say("It cannot be run again from this file: its input file is left out.");
    if (code == "input_missing"_L1)
        return say("It cannot be run again from this file: its input file is not in the storage any more.");
    if (code == "input_secret"_L1)
        return say("It cannot be run again from this file: its input file is a text that may hold a secret, and stays out.");
    if (code == "input_masked"_L1)
        return say("It cannot be run again from this file: the name of its input file is masked.");
    if (code == "type_unknown"_L1)
        return say("It cannot be run again: this program does not know its type.");
    if (code == "input_invalid"_L1)
        return say("It cannot be run again: its input names no file that can be read.");
    return say("It cannot be run again from this file: %1.").arg(plainLine(rerun.message));
}

QList<Note> maskedNotes(const QList<MaskedField>& masked)
{
    QMap<QString, QStringList> rows;
    for (const MaskedField& field : masked)
        rows[field.table + u'.' + field.column] << field.row;
    QList<Note> notes;
    for (auto each = rows.cbegin(); each != rows.cend(); ++each)
        notes << Note{each.key(), each->size() == 1 ? say("in one row") : say("in %1 rows").arg(countText(each->size()))};
    return notes;
}

QString maskedTitle(const QList<MaskedField>& masked)
{
    return masked.size() == 1 ? say("Secrets in 1 place are masked") : say("Secrets in %1 places are masked").arg(countText(masked.size()));
}

QString keptSentence(const QStringList& hosts)
{
    const QString rest = say("Messages and logs keep the paths of the machine they come from; verdicts on signatures stay as recorded.");
    return hosts.isEmpty() ? rest : say("It names the machines it ran on (%1).").arg(plainLine(hosts.join(u", "_s))) + u' ' + rest;
}

QString checkedSentence(const core::casefile::CaseSummary& summary)
{
    return summary.isChecked ? say("Its rows are checked: as they were put in.")
                             : say("An older Signalbox made it: its rows cannot be checked.");
}

QString leftOutSentence(const core::casefile::CaseSummary& summary)
{
    if (summary.jobsLeftOut == 0)
        return {};
    return summary.jobsLeftOut == 1
               ? say("1 more job of its lineage is left out: a case takes a thousand.")
               : say("%1 more jobs of its lineage are left out: a case takes a thousand.").arg(countText(summary.jobsLeftOut));
}

QString fileKindText(const QString& kind)
{
    if (kind == "input"_L1)
        return say("Input file");
    return kind.isEmpty() ? say("Other files") : plainLine(kind);
}

QString leftOutText(FileState state)
{
    switch (state) {
    case FileState::In: return {};
    case FileState::ByChoice: return say("left out");
    case FileState::Missing: return say("not in the storage any more");
    case FileState::Secret: return say("left out: it may hold a secret");
    case FileState::TooLarge: return say("left out: too large to be looked through for secrets");
    }
    Q_UNREACHABLE();
}

}
