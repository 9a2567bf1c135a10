// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/json_writer.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"

namespace app {

using core::JsonText;
using namespace Qt::StringLiterals;

namespace {

/// The end of the string token that begins at `from`.
qsizetype stringEnd(const QByteArray& json, qsizetype from)
{
    qsizetype at = from + 1;
    while (at < json.size() && json[at] != '"')
        at += json[at] == '\\' ? 2 : 1;
    return std::min(at + 1, json.size());
}

bool isSpace(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

QByteArray withoutByteOrderMark(const QByteArray& json)
{
    return json.startsWith("\xef\xbb\xbf") ? json.mid(3) : json;
}

}

JsonObject& JsonObject::raw(const char* key, const QByteArray& json)
{
    if (!m_members.isEmpty())
        m_members += ',';
    m_members += '"' + QByteArray(key) + "\":" + json;
    return *this;
}

JsonObject& JsonObject::text(const char* key, const QString& text)
{
    return raw(key, text.isEmpty() ? "null"_ba : jsonText(text));
}

JsonObject& JsonObject::time(const char* key, const std::optional<core::Time>& time)
{
    return raw(key, time ? jsonText(core::base::toIsoText(*time)) : "null"_ba);
}

JsonObject& JsonObject::number(const char* key, const std::optional<qint64>& number)
{
    return raw(key, number ? QByteArray::number(*number) : "null"_ba);
}

JsonObject& JsonObject::flag(const char* key, bool flag)
{
    return raw(key, flag ? "true"_ba : "false"_ba);
}

JsonObject& JsonObject::payload(const char* key, const std::optional<QByteArray>& stored)
{
    if (!stored)
        return raw(key, "null"_ba);
    if (JsonText::parse(*stored))
        return raw(key, compactJson(*stored));
    return raw(key, jsonText(QString::fromUtf8(*stored)));
}

QByteArray jsonText(const QString& text)
{
    return core::base::encodeJsonString(text);
}

QByteArray jsonArray(const QList<QByteArray>& elements)
{
    return "[" + elements.join(',') + "]";
}

QByteArray jsonTexts(const QStringList& texts)
{
    QList<QByteArray> elements;
    for (const QString& text : texts)
        elements << jsonText(text);
    return jsonArray(elements);
}

QByteArray compactJson(const QByteArray& json)
{
    const QByteArray plain = withoutByteOrderMark(json);
    QByteArray compact;
    compact.reserve(plain.size());
    for (qsizetype at = 0; at < plain.size();) {
        if (plain[at] == '"') {
            const qsizetype end = stringEnd(plain, at);
            compact += plain.mid(at, end - at);
            at = end;
        } else {
            if (!isSpace(plain[at]))
                compact += plain[at];
            ++at;
        }
    }
    return compact;
}

QByteArray prettyJson(const QByteArray& json)
{
    const QByteArray compact = compactJson(json);
    QByteArray pretty;
    pretty.reserve(compact.size() * 2);
    int level = 0;
    const auto newLine = [&] { pretty += '\n' + QByteArray(2 * level, ' '); };
    for (qsizetype at = 0; at < compact.size();) {
        const char byte = compact[at];
        if (byte == '"') {
            const qsizetype end = stringEnd(compact, at);
            pretty += compact.mid(at, end - at);
            at = end;
            continue;
        }
        const bool opens = byte == '{' || byte == '[';
        if (opens && at + 1 < compact.size() && (compact[at + 1] == '}' || compact[at + 1] == ']')) {
            pretty += compact.mid(at, 2);
            at += 2;
            continue;
        }
        if (byte == '}' || byte == ']') {
            --level;
            newLine();
        }
        pretty += byte;
        if (byte == ':')
            pretty += ' ';
        if (opens)
            ++level;
        if (opens || byte == ',')
            newLine();
        ++at;
    }
    return pretty;
}

}
