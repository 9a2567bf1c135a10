// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/payload_words.h"

#include "ui/base/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::Diagnostic;
using core::tasks::DiagnosticKind;

namespace {

QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("PayloadWords", text, nullptr, count);
}

/// Read differently from what stands there, or not at all.
bool wasNotRead(const Diagnostic& diagnostic)
{
    switch (diagnostic.kind) {
    case DiagnosticKind::NotJson:
    case DiagnosticKind::Missing:
    case DiagnosticKind::WrongType:
    case DiagnosticKind::TooLarge: return true;
    case DiagnosticKind::DuplicateKey:
    case DiagnosticKind::UnknownWord:
    case DiagnosticKind::ReplacedText:
    case DiagnosticKind::Refused:
    case DiagnosticKind::UnknownKey:
    case DiagnosticKind::Forgiven: return false;
    }
    Q_UNREACHABLE();
}

}

std::pair<QString, QString> absentWords(const core::jobs::JobSummary& job, PayloadKind kind)
{
    if (kind == PayloadKind::Input)
        return {tr("No input is stored."), tr("This job's row has none.")};
    switch (job.status) {
    case core::JobStatus::Pending: return {tr("No output yet."), tr("The job waits for a worker.")};
    case core::JobStatus::Running: return {tr("No output yet."), tr("The job is running; its output comes with its end.")};
    case core::JobStatus::Done: return {tr("No output is stored."), tr("The job is done, but its worker reported no output.")};
    case core::JobStatus::Failed: return {tr("No output."), tr("The job failed before it had one. Overview shows the error and the log.")};
    case core::JobStatus::Cancelled: return {tr("No output."), tr("The job was cancelled before it had one.")};
    case core::JobStatus::Unknown: return {tr("No output is stored."), tr("The job's status is not known.")};
    }
    Q_UNREACHABLE();
}

QString notesTitle(const QList<Diagnostic>& diagnostics)
{
    return diagnostics.size() == 1 ? tr("1 schema note") : tr("%1 schema notes").arg(countText(diagnostics.size()));
}

QString notesSentence(PayloadKind kind, const QList<Diagnostic>& diagnostics)
{
    const bool isInput = kind == PayloadKind::Input;
    if (std::any_of(diagnostics.begin(), diagnostics.end(), [](const auto& note) { return note.kind == DiagnosticKind::NotJson; })) {
        return isInput ? tr("The input is no JSON object; the raw view shows it as it came.")
                       : tr("The output is no JSON object; the raw view shows it as it came.");
    }
    if (std::any_of(diagnostics.begin(), diagnostics.end(), wasNotRead)) {
        return isInput ? tr("Some of the input could not be read; what is stored was not changed.")
                       : tr("Some of the output could not be read; what is stored was not changed.");
    }
    return isInput ? tr("The input was readable; nothing was changed.") : tr("The output was readable; nothing was changed.");
}

QList<Note> notesOf(const QList<Diagnostic>& diagnostics)
{
    QList<Note> notes;
    for (const Diagnostic& diagnostic : diagnostics)
        notes << Note{pathOf(diagnostic.pointer), diagnostic.message};
    return notes;
}

QString pathOf(const QString& pointer)
{
    QString path;
    const QStringList tokens = pointer.split(u'/', Qt::KeepEmptyParts);
    for (qsizetype i = 1; i < tokens.size(); ++i) {
        QString token = tokens.at(i);
        token.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
        const bool isIndex = !token.isEmpty() && std::all_of(token.begin(), token.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
        if (isIndex)
            path += u'[' + token + u']';
        else
            path += (path.isEmpty() ? u""_s : u"."_s) + token;
    }
    return path.isEmpty() ? tr("payload") : path;
}

QString treeRefusal(const core::Error& error)
{
    if (error.code == u"json_too_large")
        return tr("They are more than a tree can show. The raw view shows every byte.");
    QString where = plainLine(error.message);
    where.remove(u"not valid JSON: "_s);
    if (error.code == u"json_too_deep")
        return tr("They are nested too deeply: %1. The raw view shows every byte.").arg(where);
    return tr("They are not JSON: %1. The raw view shows every byte.").arg(where);
}

}
