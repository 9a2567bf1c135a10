// SPDX-License-Identifier: Apache-2.0
#include "core/base/secret_names.h"

#include <QVarLengthArray>

#include <algorithm>

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 96;    // of longer ones the end is looked at

bool isAlnum(QChar c)
{
    return c.unicode() < 128 && c.isLetterOrNumber();
}

/// The words of a name, lower case, without those that say nothing of what it is. Short names do not touch the heap.
class Words {
public:
    explicit Words(QStringView name)
    {
        name = name.last(std::min(name.size(), longestName));
        for (qsizetype i = 0; i < name.size(); ++i) {
            if (!isAlnum(name[i])) {
                end();
                continue;
            }
            if (i > 0 && isBoundary(name, i))
                end();
            m_plain.append(name[i].toLower());
        }
        end();
        dropTail();
    }
    [[nodiscard]] bool isEmpty() const { return m_ends.isEmpty(); }
    [[nodiscard]] QStringView plain() const { return {m_plain.data(), m_plain.size()}; }
    /// From the last one: 0 is the last.
    [[nodiscard]] QStringView last(qsizetype back = 0) const
    {
        const qsizetype at = m_ends.size() - 1 - back;
        if (at < 0)
            return {};
        const qsizetype begin = at == 0 ? 0 : m_ends[at - 1];
        return plain().sliced(begin, m_ends[at] - begin);
    }
    [[nodiscard]] qsizetype size() const { return m_ends.size(); }

private:
    /// accessToken, APIKey.
    static bool isBoundary(QStringView name, qsizetype i)
    {
        const QChar before = name[i - 1];
        if (!name[i].isUpper() || !isAlnum(before))
            return false;
        return before.isLower() || before.isDigit() || (before.isUpper() && i + 1 < name.size() && name[i + 1].isLower());
    }
    void end()
    {
        if (m_plain.size() > (m_ends.isEmpty() ? 0 : m_ends.last()))
            m_ends.append(m_plain.size());
    }
    /// "password2", "api_key_value", "secret_base64", "access_key_id".
    void dropTail()
    {
        static const QLatin1StringView tails[] = {"value"_L1, "base64"_L1, "b64"_L1, "hex"_L1, "plain"_L1,   "plaintext"_L1,
                                                  "raw"_L1,   "string"_L1, "str"_L1, "pem"_L1, "header"_L1,  "id"_L1,
                                                  "hash"_L1,  "env"_L1,    "old"_L1, "new"_L1, "current"_L1, "previous"_L1};
        while (!isEmpty()) {
            while (!m_plain.isEmpty() && m_plain.last().isDigit())
                m_plain.removeLast();
            while (m_ends.size() > 1 && m_ends[m_ends.size() - 2] >= m_plain.size())
                m_ends.removeLast();
            if (m_plain.isEmpty())
                m_ends.clear();
            else
                m_ends.last() = m_plain.size();
            if (m_ends.size() < 2 || std::find(std::begin(tails), std::end(tails), last()) == std::end(tails))
                return;
            m_plain.resize(m_ends[m_ends.size() - 2]);
            m_ends.removeLast();
        }
    }

    QVarLengthArray<QChar, 112> m_plain;
    QVarLengthArray<qsizetype, 16> m_ends;
};

template <size_t size>
bool isOneOf(QStringView word, const QLatin1StringView (&words)[size])
{
    return std::any_of(std::begin(words), std::end(words), [&](QLatin1StringView each) { return word == each; });
}

template <size_t size>
bool endsWithOneOf(QStringView plain, const QLatin1StringView (&endings)[size])
{
    return std::any_of(std::begin(endings), std::end(endings), [&](QLatin1StringView each) { return plain.endsWith(each); });
}

/// A key that opens something; a key frame, the key of a file or of a table opens nothing.
bool isSecretKey(const Words& words)
{
    static const QLatin1StringView whole[] = {"apikey"_L1,  "apikeys"_L1,   "secretkey"_L1,  "accesskey"_L1,     "privatekey"_L1,
                                              "authkey"_L1, "masterkey"_L1, "signingkey"_L1, "encryptionkey"_L1, "decryptionkey"_L1};
    static const QLatin1StringView openers[] = {
        "api"_L1,        "secret"_L1,     "access"_L1,       "private"_L1, "signing"_L1, "sign"_L1,    "signature"_L1, "master"_L1,
        "encryption"_L1, "decryption"_L1, "enc"_L1,          "crypto"_L1,  "cipher"_L1,  "auth"_L1,    "account"_L1,   "shared"_L1,
        "hmac"_L1,       "ssh"_L1,        "rsa"_L1,          "aes"_L1,     "tls"_L1,     "ssl"_L1,     "pgp"_L1,       "gpg"_L1,
        "deploy"_L1,     "session"_L1,    "subscription"_L1, "stream"_L1,  "app"_L1,     "license"_L1, "drm"_L1,       "webhook"_L1};
    if (endsWithOneOf(words.plain(), whole))
        return true;
    return (words.last() == "key"_L1 || words.last() == "keys"_L1) && isOneOf(words.last(1), openers);
}

/// "max_tokens" counts them, and a tokenizer's "eos_token" is a word of its language.
bool isToken(const Words& words)
{
    static const QLatin1StringView counted[] = {"per"_L1,  "bos"_L1,  "eos"_L1,   "pad"_L1,     "unk"_L1,   "sep"_L1,       "cls"_L1,
                                                "mask"_L1, "stop"_L1, "blank"_L1, "special"_L1, "begin"_L1, "timestamp"_L1, "endoftext"_L1};
    static const QLatin1StringView several[] = {"access"_L1, "refresh"_L1, "auth"_L1, "api"_L1, "bearer"_L1, "security"_L1, "secret"_L1};
    if (words.plain().endsWith("token"_L1))
        return words.last() != "token"_L1 || !isOneOf(words.last(1), counted);
    return words.last() == "tokens"_L1 && isOneOf(words.last(1), several);
}

bool isSecretWord(const Words& words)
{
    static const QLatin1StringView endings[] = {"password"_L1,   "passwords"_L1,   "passwd"_L1,         "passphrase"_L1, "passcode"_L1,
                                                "secret"_L1,     "secrets"_L1,     "authorization"_L1,  "cookie"_L1,     "cookies"_L1,
                                                "credential"_L1, "credentials"_L1, "accesssignature"_L1};
    static const QLatin1StringView whole[] = {"creds"_L1,     "jwt"_L1,        "psk"_L1,   "otp"_L1,   "bearer"_L1,
                                              "phpsessid"_L1, "jsessionid"_L1, "hdnts"_L1, "hdnea"_L1, "hdntl"_L1};
    static const QLatin1StringView users[] = {"db"_L1, "user"_L1,  "smtp"_L1, "ftp"_L1,   "sftp"_L1,  "redis"_L1, "mysql"_L1, "postgres"_L1,
                                              "pg"_L1, "proxy"_L1, "auth"_L1, "login"_L1, "admin"_L1, "root"_L1,  "http"_L1,  "mail"_L1};
    if (endsWithOneOf(words.plain(), endings) || isOneOf(words.last(), whole))
        return true;
    if (words.last() == "pass"_L1 && isOneOf(words.last(1), users))
        return true;
    return words.last() == "signature"_L1 && (words.last(1) == "amz"_L1 || words.last(1) == "goog"_L1);
}

bool isAmbiguous(const Words& words)
{
    static const QLatin1StringView alone[] = {"pass"_L1, "auth"_L1, "sig"_L1, "signature"_L1, "sas"_L1, "sid"_L1, "hmac"_L1};
    if (words.size() == 1)
        return isOneOf(words.last(), alone);
    return words.last() == "signature"_L1 && words.last(1) != "time"_L1 && words.last(1) != "key"_L1;    // of music
}

}

Naming namingOf(QStringView name)
{
    const Words words(name);
    if (words.isEmpty())
        return Naming::Ordinary;
    if (isSecretWord(words) || isToken(words) || isSecretKey(words))
        return Naming::Secret;
    if (words.last() == "pwd"_L1 || words.plain().endsWith("userpwd"_L1))
        return Naming::SecretPath;
    return isAmbiguous(words) ? Naming::Ambiguous : Naming::Ordinary;
}

bool isSecretValue(Naming naming, QStringView value)
{
    static const QLatin1StringView said[] = {"[masked]"_L1, "true"_L1,      "false"_L1,   "none"_L1,     "null"_L1,
                                             "nil"_L1,      "undefined"_L1, "missing"_L1, "required"_L1, "expired"_L1,
                                             "empty"_L1,    "rejected"_L1,  "revoked"_L1};
    if (naming == Naming::Ordinary || value.isEmpty())
        return false;
    const bool isSaid = std::any_of(std::begin(said), std::end(said),
                                    [&](QLatin1StringView each) { return value.compare(each, Qt::CaseInsensitive) == 0; });
    if (isSaid)
        return false;
    switch (naming) {
    case Naming::Ordinary: return false;
    case Naming::Ambiguous: return looksOpaque(value);
    case Naming::SecretPath:
        return value[0] != u'/' && value[0] != u'~' && value[0] != u'.' && value[0] != u'$' && value.mid(1, 2) != u":\\";
    case Naming::Secret: return true;
    }
    Q_UNREACHABLE();
}

bool namesAuthorization(QStringView name)
{
    return Words(name).plain().endsWith("authorization"_L1);
}

bool namesCookies(QStringView name)
{
    const Words words(name);
    return words.plain().endsWith("cookie"_L1) || words.plain().endsWith("cookies"_L1);
}

bool namesPassword(QStringView name)
{
    static const QLatin1StringView endings[] = {"password"_L1, "passwd"_L1, "passphrase"_L1, "passcode"_L1};
    return endsWithOneOf(Words(name).plain(), endings);
}

bool looksOpaque(QStringView value)
{
    if (value.size() < 6 || value[0] == u'/' || value[0] == u'.' || value[0] == u'~' || value.contains("://"_L1))
        return false;
    bool hasDigit = false, hasLetter = false, hasInnerCapital = false;
    for (qsizetype i = 0; i < value.size(); ++i) {
        hasDigit = hasDigit || value[i].isDigit();
        hasLetter = hasLetter || value[i].isLetter();
        hasInnerCapital = hasInnerCapital || (i > 0 && value[i].isUpper() && value[i - 1].isLower());
    }
    const bool isAlgorithm =
        value.size() <= 20 && (value.startsWith("sha"_L1, Qt::CaseInsensitive) || value.startsWith("hmac"_L1, Qt::CaseInsensitive) ||
                               value.startsWith("ed25519"_L1, Qt::CaseInsensitive));
    return !isAlgorithm && ((hasDigit && hasLetter) || hasInnerCapital);
}

}
