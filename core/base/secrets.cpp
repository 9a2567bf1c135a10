// SPDX-License-Identifier: Apache-2.0
#include "core/base/secrets.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"
#include "core/base/secret_names.h"
#include "core/base/secret_text.h"
#include "core/base/text_bytes.h"

#include <QHash>

#include <algorithm>

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

const QByteArray maskedJson = "\"[masked]\"";

JsonLimits anySize()
{
    JsonLimits limits;
    limits.maxBytes = (qsizetype{1} << 30) - 1;
    return limits;
}

std::optional<JsonText> documentOf(const QByteArray& line)
{
    if (!line.startsWith('{') && !line.startsWith('['))
        return {};
    auto document = JsonText::parse(line, anySize());
    return document ? std::optional(std::move(*document)) : std::nullopt;
}

/// Copies bytes of a document, leaving out what is to be masked.
class Masker {
public:
    enum class Strings { Keep, Mask };
    Masker(const QByteArray& bytes, Strings strings, qsizetype from, qsizetype to)
        : m_bytes(bytes), m_strings(strings), m_copied(from), m_end(to)
    {
    }

    QByteArray masked(const JsonValue& root)
    {
        walk(root);
        return m_result + m_bytes.mid(m_copied, m_end - m_copied);
    }

private:
    void walk(const JsonValue& value)
    {
        switch (value.kind()) {
        case JsonKind::String:
            if (m_strings == Strings::Mask)
                maskString(value);
            return;
        case JsonKind::Array: return walkArray(value);
        case JsonKind::Object: return walkObject(value);
        case JsonKind::Null:
        case JsonKind::Bool:
        case JsonKind::Number: return;
        }
    }
    void walkObject(const JsonValue& value)
    {
        const Naming inside = namingOfPair(value);    // {"name": "X-Api-Key", "value": "abc"}
        QHash<QString, int> maskedKeys;
        for (const JsonValue& child : value.children()) {
            if (m_strings == Strings::Mask)
                maskKey(child, maskedKeys);
            const Naming naming = namingOfKey(child);
            if (isSecret(naming, child) || (inside != Naming::Ordinary && child.keyIs("value"_L1) && isSecret(inside, child)))
                replace(child.offset(), child.raw().size(), maskedJson);
            else
                walk(child);
        }
    }
    void walkArray(const JsonValue& value)
    {
        Naming before = isHeader(value) ? Naming::Secret : Naming::Ordinary;    // of an argument after one like --password
        bool isFirst = true;
        for (const JsonValue& child : value.children()) {
            const bool isName = isFirst && before == Naming::Secret;    // the header's
            isFirst = false;
            if (!isName && isSecret(before, child)) {
                replace(child.offset(), child.raw().size(), maskedJson);
                before = Naming::Ordinary;
                continue;
            }
            walk(child);
            if (!isName)
                before = namingOfOption(child);
        }
    }

    /// A truth or nothing is no secret.
    static bool isSecret(Naming naming, const JsonValue& value)
    {
        if (naming == Naming::Ordinary || value.isNull() || value.kind() == JsonKind::Bool)
            return false;
        if (naming == Naming::Secret)
            return true;
        return value.kind() == JsonKind::String && isSecretValue(naming, value.string());
    }
    Naming namingOfKey(const JsonValue& child)
    {
        const QByteArrayView key = child.rawKey();
        const auto known = m_namings.constFind(QByteArray::fromRawData(key.data(), key.size()));    // the same few keys over and over
        if (known != m_namings.constEnd())
            return *known;
        return *m_namings.insert(key.toByteArray(), namingOf(child.key()));
    }
    static Naming namingOfPair(const JsonValue& object)
    {
        Naming naming = Naming::Ordinary;
        bool hasValue = false;
        for (const JsonValue& child : object.children()) {
            hasValue = hasValue || child.keyIs("value"_L1);
            if (child.kind() == JsonKind::String && (child.keyIs("name"_L1) || child.keyIs("key"_L1)))
                naming = namingOf(child.string());
        }
        return hasValue ? naming : Naming::Ordinary;
    }
    [[nodiscard]] Naming namingOfOption(const JsonValue& value) const
    {
        const bool isOption = m_strings == Strings::Mask && value.kind() == JsonKind::String && value.raw().startsWith("\"-");
        return isOption ? namingOf(value.string()) : Naming::Ordinary;
    }
    /// ["X-Api-Key", "abc"]
    [[nodiscard]] bool isHeader(const JsonValue& array) const
    {
        if (m_strings == Strings::Keep || array.childCount() != 2)
            return false;
        const JsonValue name = *array.children().begin();
        const JsonValue value = *++array.children().begin();
        return name.kind() == JsonKind::String && value.kind() == JsonKind::String && !name.raw().startsWith("\"-") &&
               namingOf(name.string()) == Naming::Secret;
    }

    void maskString(const JsonValue& value)
    {
        const QString text = value.string();
        const QString safe = maskedWords(text);
        if (safe != text)
            replace(value.offset(), value.raw().size(), encodeJsonString(safe));
    }
    /// A string may hold a document, as a body that was quoted does.
    static QString maskedWords(const QString& text)
    {
        if (text.startsWith(u'{') || text.startsWith(u'[')) {
            if (const auto inner = documentOf(text.toUtf8()))
                return QString::fromUtf8(Masker(inner->bytes(), Strings::Mask, 0, inner->bytes().size()).masked(inner->root()));
        }
        return maskSecrets(text);
    }
    /// Two keys do not become one.
    void maskKey(const JsonValue& child, QHash<QString, int>& masked)
    {
        const QString key = child.key();
        QString safe = maskSecrets(key);
        if (safe == key)
            return;
        if (const int number = ++masked[safe]; number > 1)
            safe += u' ' + QString::number(number);
        replace(child.keyOffset(), child.rawKey().size(), encodeJsonString(safe));
    }
    void replace(qsizetype begin, qsizetype size, const QByteArray& json)
    {
        const qsizetype end = begin + size;
        if (end <= m_copied || begin >= m_end)
            return;
        if (begin > m_copied)
            m_result += m_bytes.mid(m_copied, begin - m_copied);
        m_result += json;
        m_copied = std::min(end, m_end);
    }

    const QByteArray& m_bytes;
    Strings m_strings;
    QByteArray m_result;
    qsizetype m_copied;
    qsizetype m_end;
    QHash<QByteArray, Naming> m_namings;
};

/// One document a line, as logs of programs are; the lines between them are text.
std::optional<QByteArray> maskedLines(const QByteArray& bytes, Masker::Strings strings)
{
    if (!documentOf(bytes.left(bytes.indexOf('\n'))))
        return {};
    QByteArray result;
    QByteArray text;
    const auto endText = [&] {
        if (!text.isEmpty())
            result += maskedTextBytes(text);
        text.clear();
    };
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype next = bytes.indexOf('\n', at);
        const qsizetype end = next < 0 ? bytes.size() : next;
        const QByteArray line = bytes.mid(at, end - at);
        if (const auto document = documentOf(line)) {
            endText();
            result += Masker(document->bytes(), strings, 0, line.size()).masked(document->root());
        } else {
            text += line;
        }
        if (next >= 0)
            (text.isEmpty() ? result : text) += '\n';
        at = next < 0 ? bytes.size() : next + 1;
    }
    endText();
    return result;
}

QByteArray maskedBytes(const QByteArray& bytes, Masker::Strings strings, qsizetype from, qsizetype size)
{
    if (const auto document = JsonText::parse(bytes, anySize()))
        return Masker(document->bytes(), strings, from, from + size).masked(document->root());
    const QByteArray part = bytes.mid(from, size);
    const auto lines = maskedLines(part, strings);
    return lines ? *lines : maskedTextBytes(part);
}

}

QString maskSecrets(const QString& text)
{
    return maskedText(text);
}

QByteArray maskedTextBytes(const QByteArray& bytes)
{
    const TextCoding coding = codingOf(bytes);
    const QString text = decoded(bytes, coding);
    const QString safe = maskSecrets(text);
    return safe == text ? bytes : encoded(safe, coding);
}

bool namesSecret(QStringView name)
{
    const Naming naming = namingOf(name);
    return naming == Naming::Secret || naming == Naming::SecretPath;
}

bool namesSecretOrSignature(QStringView name)
{
    return namesSecret(name) || name.contains("signature"_L1, Qt::CaseInsensitive);
}

QByteArray maskedDocument(const QByteArray& json)
{
    return maskedBytes(json, Masker::Strings::Keep, 0, json.size());
}

QByteArray maskedPart(const QByteArray& json, qsizetype from, qsizetype size)
{
    return maskedBytes(json, Masker::Strings::Keep, from, size);
}

QByteArray maskedCommands(const QByteArray& json)
{
    return maskedBytes(json, Masker::Strings::Mask, 0, json.size());
}

}
