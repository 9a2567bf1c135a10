// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/preset_commands.h"

#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"
#include "core/captions/style.h"
#include "core/tasks/caption_style.h"

#include <algorithm>

namespace app {

using core::ErrorKind;
using core::errorOf;
using core::failure;
using core::PresetId;
using core::Result;
using core::captions::CaptionStyle;
using core::captions::Preset;
using namespace Qt::StringLiterals;

namespace {

constexpr int journalSearched = 1000;

QByteArray presetRow(const Preset& preset)
{
    return JsonObject()
        .text("id", preset.id.toString())
        .text("name", preset.name)
        .raw("style", core::tasks::writeCaptionStyle(preset.style))
        .flag("built_in", preset.isBuiltin)
        .text("user_id", preset.userId)
        .time("updated_at", preset.updatedAt)
        .bytes();
}

QString weightText(const CaptionStyle& style)
{
    if (style.bold && style.italic)
        return u"bold italic"_s;
    return style.bold ? u"bold"_s : style.italic ? u"italic"_s : u"regular"_s;
}

Ending listPresets(Session& session)
{
    const auto all = session.backend.presets().wait();
    if (!all)
        return errorOf(all);
    if (session.output.isJson()) {
        QList<QByteArray> rows;
        for (const Preset& preset : *all)
            rows << presetRow(preset);
        session.output.json(jsonArray(rows));
        return ExitCode::Ok;
    }
    Table table({{u"ID"_s},
                 {u"NAME"_s, Align::Left, true},
                 {u"FONT"_s, Align::Left, true},
                 {u"SIZE"_s, Align::Right},
                 {u"WEIGHT"_s},
                 {u"LETTERS"_s},
                 {u"OUTLINE"_s},
                 {u"WIDTH"_s, Align::Right},
                 {u"POSITION"_s},
                 {u"MARGIN"_s, Align::Right},
                 {u"OWNER"_s}});
    for (const Preset& preset : *all) {
        const CaptionStyle& style = preset.style;
        table.add({preset.id.toString(), preset.name, style.font, QString::number(style.fontSize), weightText(style), style.primaryColor,
                   style.outlineColor, QString::number(style.outline), core::captions::positionName(style.position),
                   QString::number(style.marginPx), preset.isBuiltin ? u"(built in)"_s : orDash(preset.userId)});
    }
    session.output.lines(table.lines(session.output.width()));
    return ExitCode::Ok;
}

/// The preset whose id begins so; an act wants enough of it.
Result<Preset> findPreset(const QList<Preset>& all, const QString& beginning)
{
    QList<Preset> found;
    for (const Preset& preset : all) {
        if (preset.id.text == beginning)
            return preset;
        if (!beginning.isEmpty() && preset.id.text.startsWith(beginning))
            found << preset;
    }
    if (found.isEmpty())
        return failure(ErrorKind::NotFound, u"preset_unknown"_s, u"There is no caption preset %1"_s.arg(beginning), u"id"_s);
    if (found.size() > 1)
        return failure(ErrorKind::Conflict, u"id_ambiguous"_s, u"%1 presets begin with \"%2\""_s.arg(found.size()).arg(beginning), u"id"_s);
    const auto one = forAnAct(Result<PresetId>(found.constFirst().id), beginning);
    if (!one)
        return errorOf(one);
    return found.constFirst();
}

Result<bool> readSwitch(const QString& text)
{
    if (text == u"true"_s || text == u"false"_s)
        return text == u"true"_s;
    return failure(ErrorKind::Invalid, u"bad_style"_s, u"\"%1\" is neither true nor false"_s.arg(text));
}

Result<double> readNumber(const QString& text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (isNumber)
        return number;
    return failure(ErrorKind::Invalid, u"bad_style"_s, u"\"%1\" is no number"_s.arg(text));
}

Result<int> readWhole(const QString& text)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (isNumber)
        return number;
    return failure(ErrorKind::Invalid, u"bad_style"_s, u"\"%1\" is no whole number"_s.arg(text));
}

template <class T>
Result<void> put(T& place, const Result<T>& value)
{
    if (!value)
        return errorOf(value);
    place = *value;
    return {};
}

Result<void> setStyleKey(CaptionStyle& style, const QString& key, const QString& value)
{
    if (key == u"font"_s)
        style.font = value;
    else if (key == u"primary_color"_s)
        style.primaryColor = value;
    else if (key == u"outline_color"_s)
        style.outlineColor = value;
    else if (key == u"font_size"_s)
        return put(style.fontSize, readNumber(value));
    else if (key == u"outline"_s)
        return put(style.outline, readNumber(value));
    else if (key == u"margin_px"_s)
        return put(style.marginPx, readWhole(value));
    else if (key == u"bold"_s)
        return put(style.bold, readSwitch(value));
    else if (key == u"italic"_s)
        return put(style.italic, readSwitch(value));
    else if (key != u"position"_s)
        return failure(ErrorKind::Invalid, u"bad_style"_s, u"A style has no \"%1\""_s.arg(key));
    else if (const auto position = core::captions::positionFromName(value))
        style.position = *position;
    else
        return failure(ErrorKind::Invalid, u"bad_style"_s, u"A position is bottom, middle or top, not \"%1\""_s.arg(value));
    return {};
}

Result<CaptionStyle> withSettings(CaptionStyle style, const QStringList& settings)
{
    for (const QString& setting : settings) {
        const qsizetype equals = setting.indexOf(u'=');
        if (equals < 1)
            return usageFailure(u"--set takes KEY=VALUE, not \"%1\""_s.arg(setting), u"--set"_s);
        const QString key = setting.left(equals);
        if (const auto set = setStyleKey(style, key, setting.mid(equals + 1)); !set) {
            core::Error error = set.error();
            error.field = u"style/"_s + key;
            return tl::make_unexpected(error);
        }
    }
    return style;
}

/// A new one, in the style of --from or the first built-in; with --id the one that is there, changed.
Ending savePreset(Session& session, const Arguments& arguments)
{
    const auto all = session.backend.presets().wait();
    if (!all)
        return errorOf(all);
    core::tasks::PresetDraft draft;
    if (const auto id = arguments.value(u"id")) {
        const auto changed = findPreset(*all, *id);
        if (!changed)
            return errorOf(changed);
        draft = {changed->id, changed->name, changed->style, changed->userId, changed->updatedAt};
    }
    if (const auto from = arguments.value(u"from")) {
        const auto model = findPreset(*all, *from);
        if (!model)
            return errorOf(model);
        draft.style = model->style;
    }
    if (const QString name = arguments.operands().value(1); !name.isEmpty())
        draft.name = name;
    else if (!draft.id)
        return usageFailure(u"presets save needs the NAME of the new preset"_s, u"NAME"_s);
    draft.userId = arguments.value(u"user").value_or(draft.userId);
    const auto style = withSettings(draft.style, arguments.values(u"set"));
    if (!style)
        return errorOf(style);
    draft.style = *style;
    const auto saved = session.backend.savePreset(session.caller, draft).wait();
    if (!saved)
        return errorOf(saved);
    if (session.output.isJson())
        session.output.json(JsonObject().text("id", saved->toString()).bytes());
    else
        session.output.line(u"Saved %1"_s.arg(visible(saved->toString())));
    return ExitCode::Ok;
}

Ending removePreset(Session& session, const Arguments& arguments)
{
    const QString beginning = arguments.operands().value(1);
    if (beginning.isEmpty())
        return usageFailure(u"presets remove needs the ID of a preset"_s, u"ID"_s);
    const auto all = session.backend.presets().wait();
    if (!all)
        return errorOf(all);
    const auto preset = findPreset(*all, beginning);
    if (!preset)
        return errorOf(preset);
    if (const auto removed = session.backend.removePreset(session.caller, preset->id).wait(); !removed)
        return errorOf(removed);
    if (session.output.isJson())
        session.output.json(JsonObject().text("id", preset->id.toString()).flag("removed", true).bytes());
    else
        session.output.line(u"Removed %1, \"%2\""_s.arg(visible(preset->id.toString()), visible(preset->name)));
    return ExitCode::Ok;
}

/// The entry by its whole id, or by a beginning that only one of the newest has.
Result<core::JournalId> findEntry(Session& session, const QString& beginning)
{
    if (beginning.isEmpty())
        return failure(ErrorKind::Invalid, u"id_empty"_s, u"An id is needed"_s, u"id"_s);
    const auto newest = session.backend.journal(journalSearched).wait();
    if (!newest)
        return errorOf(newest);
    QList<core::JournalId> found;
    for (const auto& entry : *newest) {
        if (entry.id.text.startsWith(beginning))
            found << entry.id;
    }
    if (found.size() > 1)
        return failure(ErrorKind::Conflict, u"id_ambiguous"_s, u"%1 journal entries begin with \"%2\""_s.arg(found.size()).arg(beginning),
                       u"id"_s);
    return forAnAct(Result<core::JournalId>(found.isEmpty() ? core::JournalId{beginning} : found.constFirst()), beginning);
}

}

Ending presets(Session& session, const Arguments& arguments)
{
    const QString word = arguments.operands().value(0, u"list"_s);
    const bool isSave = word == u"save"_s;
    for (const QString& option : {u"id"_s, u"from"_s, u"set"_s, u"user"_s}) {
        if (!isSave && arguments.has(option))
            return usageFailure(u"--%1 belongs to presets save"_s.arg(option), u"--"_s + option);
    }
    if (word == u"list"_s && arguments.operands().size() < 2)
        return listPresets(session);
    if (isSave)
        return savePreset(session, arguments);
    if (word == u"remove"_s)
        return removePreset(session, arguments);
    return usageFailure(u"presets takes list, save or remove, not \"%1\""_s.arg(arguments.operands().join(u' ')), word);
}

Ending undo(Session& session, const Arguments& arguments)
{
    const auto id = findEntry(session, arguments.operands().value(0));
    if (!id)
        return errorOf(id);
    if (const auto undone = session.backend.undo(session.caller, *id).wait(); !undone)
        return errorOf(undone);
    if (session.output.isJson())
        session.output.json(JsonObject().text("id", id->toString()).flag("undone", true).bytes());
    else
        session.output.line(u"Undone: %1"_s.arg(visible(id->toString())));
    return ExitCode::Ok;
}

}
