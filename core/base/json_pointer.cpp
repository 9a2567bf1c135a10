// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_index.h"
#include "core/base/json_spelling.h"

#include <QList>

#include <algorithm>

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

QString unescaped(QStringView token)
{
    return token.toString().replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);    // this order: "~01" is the key "~1"
}

std::optional<JsonValue> element(const JsonValue& array, QStringView token)
{
    const bool plain = !token.isEmpty() && (token.size() == 1 || token.front() != u'0') &&
                       std::all_of(token.begin(), token.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const qlonglong wanted = token.toLongLong(&fits);
    if (!plain || !fits)
        return std::nullopt;
    qlonglong position = 0;
    for (const JsonValue child : array.children()) {
        if (position++ == wanted)
            return child;
    }
    return std::nullopt;
}

}

QString pointerToken(QStringView key)
{
    return key.toString().replace("~"_L1, "~0"_L1).replace("/"_L1, "~1"_L1);
}

std::optional<JsonValue> JsonText::find(QStringView pointer) const
{
    std::optional<JsonValue> found = root();
    if (pointer.isEmpty())
        return found;
    if (pointer.front() != u'/')
        return std::nullopt;
    for (const QStringView token : pointer.sliced(1).split(u'/')) {
        switch (found->kind()) {
        case JsonKind::Object: found = found->member(unescaped(token)); break;
        case JsonKind::Array: found = element(*found, token); break;
        case JsonKind::Null:
        case JsonKind::Bool:
        case JsonKind::Number:
        case JsonKind::String: return std::nullopt;
        }
        if (!found)
            return std::nullopt;
    }
    return found;
}

std::optional<JsonValue> JsonText::parentOf(const JsonValue& value) const
{
    if (value == root())
        return std::nullopt;
    JsonValue parent = root();
    for (;;) {
        JsonValue inside = parent;
        for (const JsonValue child : parent.children()) {
            if (child == value)
                return parent;
            if (value.m_node < child.nodeAfter()) {
                inside = child;
                break;
            }
        }
        if (inside == parent)
            return std::nullopt;    // a value of another document
        parent = inside;
    }
}

QString JsonText::pointerTo(const JsonValue& value) const
{
    QString pointer;
    JsonValue parent = root();
    while (parent != value) {
        JsonValue inside = parent;
        qsizetype position = 0;
        for (const JsonValue child : parent.children()) {
            if (value.m_node < child.nodeAfter()) {
                inside = child;
                break;
            }
            ++position;
        }
        if (inside == parent)
            break;    // a value of another document
        pointer += u'/';
        pointer += inside.hasKey() ? pointerToken(decodeJsonString(inside.rawKey(), LoneSurrogates::Keep)) : QString::number(position);
        parent = inside;
    }
    return pointer;
}

}
