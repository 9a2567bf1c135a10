// SPDX-License-Identifier: Apache-2.0
#include "core/base/secrets.h"

#include "core/base/json_spelling.h"
#include "core/base/json_text.h"

#include <QRegularExpression>

#include <algorithm>

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

const QByteArray maskedJson = "\"[masked]\"";

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
        if (value.kind() == JsonKind::String) {
            if (m_strings == Strings::Mask)
                maskString(value);
            return;
        }
        bool followsSecret = false;    // an argument after one like --password
        for (const JsonValue& child : value.children()) {
            const bool isNamed = child.hasKey() && namesSecret(child.key());
            if ((isNamed || followsSecret) && !child.isNull())
                replace(child, maskedJson);
            else
                walk(child);
            followsSecret = m_strings == Strings::Mask && value.kind() == JsonKind::Array && child.kind() == JsonKind::String &&
                            child.string().startsWith(u'-') && namesSecret(child.string());
        }
    }
    void maskString(const JsonValue& value)
    {
        const QString text = value.string();
        const QString safe = maskSecrets(text);
        if (safe != text)
            replace(value, encodeJsonString(safe));
    }
    void replace(const JsonValue& value, const QByteArray& json)
    {
        const qsizetype begin = value.offset();
        const qsizetype end = begin + value.raw().size();
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
};

QByteArray maskedBytes(const QByteArray& bytes, Masker::Strings strings, qsizetype from, qsizetype size)
{
    JsonLimits limits;
    limits.maxBytes = (qsizetype{1} << 30) - 1;
    if (const auto document = JsonText::parse(bytes, limits))
        return Masker(document->bytes(), strings, from, from + size).masked(document->root());
    const QByteArray part = bytes.mid(from, size);
    const QString text = QString::fromUtf8(part);
    const QString safe = maskSecrets(text);
    return safe == text ? part : safe.toUtf8();
}

}

QString maskSecrets(const QString& text)
{
    static const QRegularExpression patterns[] = {
        QRegularExpression(u"(?<keep>whs[ek]c?_)[A-Za-z0-9+/=_-]{6,}"_s),
        QRegularExpression(u"(?<keep>\\b(?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]+"_s, QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(u"(?<keep>[a-z][a-z0-9+.-]*://[^\\s:/@]*:)[^\\s@]+(?=@)"_s, QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(u"(?<keep>[\"']?\\b[a-z_-]*(?:password|passwd|secret|token|api[_-]?key|authorization)[\"']?\\s*[:=]\\s*)"
                           "(?:\"[^\"]*\"|'[^']*'|[^\\s,;&}]+)"_s,
                           QRegularExpression::CaseInsensitiveOption),
    };
    QString masked = text;
    for (const QRegularExpression& pattern : patterns) {
        qsizetype from = 0;
        for (auto match = pattern.match(masked, from); match.hasMatch(); match = pattern.match(masked, from)) {
            const QString replacement = match.captured(u"keep"_s) + u"[masked]"_s;
            masked.replace(match.capturedStart(), match.capturedLength(), replacement);
            from = match.capturedStart() + replacement.size();
        }
    }
    return masked;
}

bool namesSecret(QStringView name)
{
    QString plain;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            plain += c.toLower();
    }
    static const QLatin1String endings[] = {"password"_L1,      "passwd"_L1, "passphrase"_L1, "secret"_L1,    "token"_L1,      "apikey"_L1,
                                            "authorization"_L1, "cookie"_L1, "privatekey"_L1, "accesskey"_L1, "credentials"_L1};
    return std::any_of(std::begin(endings), std::end(endings), [&](QLatin1String ending) { return plain.endsWith(ending); });
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
