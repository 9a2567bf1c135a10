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

/// Copies a document, leaving out what is to be masked.
class Masker {
public:
    enum class Strings { Keep, Mask };
    Masker(const QByteArray& bytes, Strings strings) : m_bytes(bytes), m_strings(strings) {}

    QByteArray masked(const JsonValue& root)
    {
        walk(root);
        return m_result.isEmpty() ? m_bytes : m_result + m_bytes.mid(m_copied);
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
        m_result += m_bytes.mid(m_copied, value.offset() - m_copied);
        m_result += json;
        m_copied = value.offset() + value.raw().size();
    }

    const QByteArray& m_bytes;
    Strings m_strings;
    QByteArray m_result;
    qsizetype m_copied = 0;
};

QByteArray maskedBytes(const QByteArray& bytes, Masker::Strings strings)
{
    if (const auto document = JsonText::parse(bytes))
        return Masker(document->bytes(), strings).masked(document->root());
    const QString text = QString::fromUtf8(bytes);
    const QString safe = maskSecrets(text);
    return safe == text ? bytes : safe.toUtf8();
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
    return maskedBytes(json, Masker::Strings::Keep);
}

QByteArray maskedCommands(const QByteArray& json)
{
    return maskedBytes(json, Masker::Strings::Mask);
}

}
