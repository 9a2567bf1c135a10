// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/command_text.h"

#include "ui/base/format.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::command_text", text);
}

bool isPlain(const QString& argument)
{
    if (argument.isEmpty())
        return false;
    return std::all_of(argument.begin(), argument.end(), [](QChar c) {
        const char16_t unit = c.unicode();
        return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z') || (unit >= u'0' && unit <= u'9') ||
               QStringView(u"-_./:=,+@%^").contains(c);
    });
}

QString quoted(const QString& argument)
{
    if (isPlain(argument))
        return argument;
    return u'\'' + QString(argument).replace(u'\'', u"'\\''"_s) + u'\'';
}

}

QList<CommandRun> commandsOf(const std::optional<QByteArray>& json)
{
    QList<CommandRun> runs;
    const QJsonArray list = QJsonDocument::fromJson(json.value_or(QByteArray())).array();
    for (const auto& entry : list) {
        const QJsonObject object = entry.toObject();
        CommandRun run;
        const QJsonArray arguments = object.value("arguments"_L1).toArray();
        for (const auto& argument : arguments)
            run.arguments << argument.toString();
        if (object.value("exit_code"_L1).isDouble())
            run.exitCode = object.value("exit_code"_L1).toInt();
        run.signal = object.value("signal"_L1).toInt();
        if (object.value("duration_ms"_L1).isDouble())
            run.durationMs = object.value("duration_ms"_L1).toInteger();
        if (!run.arguments.isEmpty())
            runs.append(run);
    }
    return runs;
}

QString shellLine(const QStringList& arguments)
{
    QStringList words;
    for (const QString& argument : arguments)
        words << quoted(argument);
    return words.join(u' ');
}

QString wrappedCommand(const QStringList& arguments, int columns)
{
    QStringList lines;
    QString line;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        QString word = quoted(arguments.at(i));
        const bool takesValue = arguments.at(i).startsWith(u'-') && i + 1 < arguments.size() && !arguments.at(i + 1).startsWith(u'-') &&
                                i + 2 < arguments.size();
        if (takesValue)
            word += u' ' + quoted(arguments.at(++i));
        if (line.isEmpty()) {
            line = word;
        } else if (line.size() + 1 + word.size() <= columns) {
            line += u' ' + word;
        } else {
            lines << line;
            line = u"  "_s + word;
        }
    }
    if (!line.isEmpty())
        lines << line;
    return lines.join(u'\n');
}

QString endOf(const CommandRun& run)
{
    QString text;
    if (run.signal != 0)
        text = tr("ended by signal %1").arg(run.signal);
    else if (run.exitCode && *run.exitCode >= 0)
        text = tr("exit code %1").arg(*run.exitCode);
    if (text.isEmpty() || !run.durationMs)
        return text;
    return tr("%1 after %2").arg(text, lengthText(std::chrono::milliseconds(*run.durationMs)));
}

QString programOf(const CommandRun& run)
{
    return run.arguments.value(0).section(u'/', -1);
}

const CommandRun* tellingCommand(const QList<CommandRun>& runs)
{
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (run->signal != 0 || run->exitCode.value_or(0) != 0)
            return &*run;
    }
    return runs.isEmpty() ? nullptr : &runs.last();
}

}
