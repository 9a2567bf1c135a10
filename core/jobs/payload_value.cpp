// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/payload_value.h"

namespace core::jobs {

namespace {

/// One pass over the bytes: checks all of it, and keeps the first value at the path.
class PayloadScanner {
public:
    PayloadScanner(const QByteArray& json, const PayloadPath& path) : m_json(json), m_path(path) {}

    std::optional<PayloadValue> scan()
    {
        if (!value(0, 0))
            return {};
        skipBlanks();
        return m_at == m_json.size() ? m_found : std::nullopt;
    }

private:
    static constexpr int maxDepth = 2000;
    static constexpr int offPath = -1;

    char here() const { return m_at < m_json.size() ? m_json.at(m_at) : '\0'; }
    bool take(char c)
    {
        if (here() != c)
            return false;
        ++m_at;
        return true;
    }
    void skipBlanks()
    {
        while (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r')
            ++m_at;
    }

    /// `step` is how much of the path led here, or offPath.
    bool value(int step, int depth)
    {
        skipBlanks();
        const bool isWanted = step == m_path.size() && !m_isDecided;
        if (isWanted)
            m_isDecided = true;    // a second value of the same name does not count
        switch (here()) {
        case '{': return depth < maxDepth && object(step, depth);
        case '[': return depth < maxDepth && array(step, depth);
        case '"': {
            const auto text = string();
            if (text && isWanted)
                m_found = PayloadValue{QString::fromUtf8(*text), false};
            return text.has_value();
        }
        case 't': return word("true", isWanted);
        case 'f': return word("false", isWanted);
        case 'n': return word("null", isWanted);
        default: return number(isWanted);
        }
    }

    /// The next step if it is this name or place; a path is followed only into the first match.
    template <class Step>
    int following(int step, const Step& name)
    {
        if (step == offPath || step >= m_path.size() || step != m_followed)
            return offPath;
        const auto* wanted = std::get_if<Step>(&m_path.at(step));
        if (!wanted || *wanted != name)
            return offPath;
        return m_followed = step + 1;
    }

    bool object(int step, int depth)
    {
        ++m_at;
        skipBlanks();
        if (take('}'))
            return true;
        do {
            skipBlanks();
            if (here() != '"')
                return false;
            const auto name = string();
            skipBlanks();
            if (!name || !take(':') || !value(following(step, QString::fromUtf8(*name)), depth + 1))
                return false;
            skipBlanks();
        } while (take(','));
        return take('}');
    }

    bool array(int step, int depth)
    {
        ++m_at;
        skipBlanks();
        if (take(']'))
            return true;
        int place = 0;
        do {
            if (!value(following(step, place++), depth + 1))
                return false;
            skipBlanks();
        } while (take(','));
        return take(']');
    }

    bool word(const char* text, bool isWanted)
    {
        const auto length = static_cast<qsizetype>(qstrlen(text));
        if (m_json.mid(m_at, length) != text)
            return false;
        m_at += length;
        if (isWanted)
            m_found = PayloadValue{QString::fromLatin1(text), false};
        return true;
    }

    bool digits()
    {
        const qsizetype start = m_at;
        while (here() >= '0' && here() <= '9')
            ++m_at;
        return m_at > start;
    }

    bool number(bool isWanted)
    {
        const qsizetype start = m_at;
        take('-');
        if (!take('0') && !digits())
            return false;
        if (take('.') && !digits())
            return false;
        if (here() == 'e' || here() == 'E') {
            ++m_at;
            if (!take('+'))
                take('-');
            if (!digits())
                return false;
        }
        if (isWanted)
            m_found = PayloadValue{QString::fromLatin1(m_json.mid(start, m_at - start)), true};
        return true;
    }

    /// The four digits after "\u"; -1 if they are none.
    int hexUnit()
    {
        bool ok = false;
        const QByteArray hex = m_json.mid(m_at, 4);
        for (const char c : hex) {
            if (!QByteArrayView("0123456789abcdefABCDEF").contains(c))
                return -1;
        }
        const int unit = hex.size() == 4 ? hex.toInt(&ok, 16) : -1;
        m_at += 4;
        return unit;
    }

    std::optional<QByteArray> string()
    {
        ++m_at;
        QByteArray text;
        while (m_at < m_json.size()) {
            const char c = m_json.at(m_at++);
            if (c == '"')
                return text;
            if (static_cast<unsigned char>(c) < 0x20)
                return {};
            if (c != '\\') {
                text += c;
                continue;
            }
            const char escape = here();
            ++m_at;
            switch (escape) {
            case '"':
            case '\\':
            case '/': text += escape; break;
            case 'b': text += '\b'; break;
            case 'f': text += '\f'; break;
            case 'n': text += '\n'; break;
            case 'r': text += '\r'; break;
            case 't': text += '\t'; break;
            case 'u': {
                const int unit = hexUnit();
                if (unit < 0)
                    return {};
                QString decoded{QChar(unit)};
                if (QChar::isHighSurrogate(static_cast<char32_t>(unit)) && m_json.mid(m_at, 2) == "\\u") {
                    const qsizetype before = m_at;
                    m_at += 2;
                    const int low = hexUnit();
                    if (low >= 0 && QChar::isLowSurrogate(static_cast<char32_t>(low)))
                        decoded += QChar(low);
                    else
                        m_at = before;
                }
                text += decoded.toUtf8();
                break;
            }
            default: return {};
            }
        }
        return {};
    }

    const QByteArray& m_json;
    const PayloadPath& m_path;
    qsizetype m_at = 0;
    int m_followed = 0;
    bool m_isDecided = false;
    std::optional<PayloadValue> m_found;
};

}

std::optional<PayloadValue> payloadValueAt(const QByteArray& json, const PayloadPath& path)
{
    return PayloadScanner(json, path).scan();
}

}
