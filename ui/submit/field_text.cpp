// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/field_text.h"

#include "core/base/json_spelling.h"
#include "ui/base/format.h"

#include <QRegularExpression>

#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;
using core::JsonKind;
using core::JsonText;
using core::JsonValue;
using core::base::encodeJsonString;

namespace {

std::optional<QByteArray> timesJson(const QString& text)
{
    static const QRegularExpression between(u"[,;\\n]+"_s);
    QByteArrayList times;
    const auto parts = text.split(between);
    for (const QString& part : parts) {
        if (part.trimmed().isEmpty())
            continue;
        const auto time = parseMoment(part);
        if (!time)
            return {};
        times << QByteArray::number(*time);
    }
    return '[' + times.join(", ") + ']';
}

/// "0:01.963 - 0:03.463" and, of captions, what is said then.
std::optional<QByteArray> pieceJson(const QString& line, bool hasWords)
{
    static const QRegularExpression form(
        u"^\\s*([\\d:.]+(?:\\s*m?s)?)\\s*(?:-|\u2013|to|\\.\\.)\\s*([\\d:.]+(?:\\s*m?s\\b)?)(?:\\s+(.*))?$"_s);
    const auto match = form.match(line);
    if (!match.hasMatch())
        return {};
    const auto start = parseMoment(match.capturedView(1));
    const auto end = parseMoment(match.capturedView(2));
    const QString words = match.captured(3).trimmed();
    if (!start || !end || (!hasWords && !words.isEmpty()))
        return {};
    QByteArray piece = "{\"start_ms\": " + QByteArray::number(*start) + ", \"end_ms\": " + QByteArray::number(*end);
    if (hasWords)
        piece += ", \"text\": " + encodeJsonString(words);
    return piece + '}';
}

std::optional<QByteArray> piecesJson(const QString& text, bool hasWords)
{
    QByteArrayList pieces;
    const auto lines = text.split(u'\n');
    for (const QString& line : lines) {
        if (line.trimmed().isEmpty())
            continue;
        const auto piece = pieceJson(line, hasWords);
        if (!piece)
            return {};
        pieces << *piece;
    }
    return '[' + pieces.join(", ") + ']';
}

std::optional<QByteArray> listJson(FieldKind kind, const QString& text)
{
    if (text.startsWith(u'[')) {    // what the words cannot hold
        const auto json = JsonText::parse(text.toUtf8());
        return json ? std::optional(text.toUtf8()) : std::nullopt;
    }
    return kind == FieldKind::Times ? timesJson(text) : piecesJson(text, kind == FieldKind::Captions);
}

/// None if the words would lose something of it: another key, a line break.
std::optional<QString> pieceText(const JsonValue& piece, bool hasWords)
{
    const auto start = piece.member(u"start_ms");
    const auto end = piece.member(u"end_ms");
    const auto words = piece.member(u"text");
    const qsizetype keys = hasWords ? 3 : 2;
    if (piece.kind() != JsonKind::Object || piece.childCount() != keys || !start || !end || !start->asInt64() || !end->asInt64())
        return {};
    if (*start->asInt64() < 0 || *end->asInt64() < 0)
        return {};
    const QString span = u"%1 - %2"_s.arg(timecode(*start->asInt64()), timecode(*end->asInt64()));
    if (!hasWords)
        return span;
    const QString said = words ? words->string() : QString();
    static const QRegularExpression lineEnds(u"[\\r\\n\u2028\u2029]"_s);
    if (!words || words->kind() != JsonKind::String || said.contains(lineEnds) || said != said.trimmed() || !said.isValidUtf16())
        return {};
    return span + u"  "_s + said;
}

std::optional<QString> listText(FieldKind kind, const JsonValue& list)
{
    QStringList parts;
    for (const JsonValue& each : list.children()) {
        if (kind == FieldKind::Times) {
            const auto time = each.asInt64();
            if (!time || *time < 0)
                return {};
            parts << timecode(*time);
        } else if (const auto piece = pieceText(each, kind == FieldKind::Captions)) {
            parts << *piece;
        } else {
            return {};
        }
    }
    return parts.join(kind == FieldKind::Times ? u", "_s : u"\n"_s);
}

}

std::optional<qint64> parseMoment(QStringView text)
{
    static const QRegularExpression plain(u"^\\s*(\\d+(?:\\.\\d+)?)\\s*(ms|s)?\\s*$"_s);
    static const QRegularExpression clock(u"^\\s*(?:(\\d+):)?(\\d+):(\\d{1,2}(?:\\.\\d{1,3})?)\\s*$"_s);
    const QString typed = text.toString();
    constexpr double longest = 1e12;    // thirty years; what is typed there is a slip
    double milliseconds = 0;
    if (const auto match = plain.match(typed); match.hasMatch())
        milliseconds = match.captured(1).toDouble() * (match.capturedView(2) == u"s" ? 1000 : 1);
    else if (const auto parts = clock.match(typed); parts.hasMatch())
        milliseconds = ((parts.captured(1).toDouble() * 60 + parts.captured(2).toDouble()) * 60 + parts.captured(3).toDouble()) * 1000;
    else
        return {};
    return milliseconds < longest ? std::optional(std::llround(milliseconds)) : std::nullopt;
}

QByteArray jsonOfText(FieldKind kind, const QString& text)
{
    const QString typed = text.trimmed();
    if (typed.isEmpty())
        return {};
    switch (kind) {
    case FieldKind::Whole:
    case FieldKind::Number: {
        QString spelling = typed;
        spelling.replace(u'\u2212', u'-');
        const QByteArray json = spelling.toUtf8();
        return core::base::JsonDecimal::parse(json) ? json : encodeJsonString(typed);
    }
    case FieldKind::YesNo: return typed == u"true" || typed == u"false" ? typed.toUtf8() : encodeJsonString(typed);
    case FieldKind::Times:
    case FieldKind::Segments:
    case FieldKind::Captions: return listJson(kind, typed).value_or(encodeJsonString(typed));
    case FieldKind::Text:
    case FieldKind::StorageKey:
    case FieldKind::Word: return encodeJsonString(typed);
    }
    Q_UNREACHABLE();
}

QString textOfJson(FieldKind kind, const JsonValue& value)
{
    if (value.isNull())
        return {};
    if (value.kind() == JsonKind::String)
        return value.string();
    if (value.kind() == JsonKind::Array && kind >= FieldKind::Times) {
        if (const auto text = listText(kind, value))
            return *text;
    }
    return QString::fromUtf8(value.raw());
}

}
