// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/time.h"

#include <QSet>

namespace core::scenarios {

/// Reads one object of a file that people write too: every key must be known and of its kind. What is wrong first is kept in `wrong`, with
/// its JSON pointer, and from then on nothing more is.
class ObjectReader {
public:
    ObjectReader(const JsonValue& value, QString pointer, std::optional<Error>& wrong);

    [[nodiscard]] bool has(QLatin1StringView key) const;
    QString text(QLatin1StringView key);
    QString optionalText(QLatin1StringView key);    ///< empty where it is absent
    qint64 number(QLatin1StringView key, qint64 least, qint64 most);
    bool flag(QLatin1StringView key);
    Time time(QLatin1StringView key);
    /// One of key_json, key_text, key_base64.
    QByteArray bytes(QLatin1StringView key);
    /// Each element of a list, with its pointer.
    template <class Read>
    void list(QLatin1StringView key, Read read)
    {
        const auto value = required(key, JsonKind::Array, "a list");
        qsizetype index = 0;
        if (value) {
            for (const JsonValue element : value->children()) {
                if (m_wrong)
                    return;
                read(element, at(key) + u'/' + QString::number(index++));
            }
        }
    }
    /// The object under a key.
    template <class Read>
    void object(QLatin1StringView key, Read read)
    {
        if (const auto value = required(key, JsonKind::Object, "an object")) {
            ObjectReader reader(*value, at(key), m_wrong);
            read(reader);
            reader.finish();
        }
    }
    /// Refuses the keys that nobody asked for. Last.
    void finish();

    [[nodiscard]] QString at(QLatin1StringView key) const { return m_pointer + u'/' + base::pointerToken(key.toString()); }
    void refuse(const QString& pointer, const QString& why);

private:
    std::optional<JsonValue> required(QLatin1StringView key, JsonKind kind, const char* words);

    JsonValue m_value;
    QString m_pointer;
    std::optional<Error>& m_wrong;
    QSet<QString> m_asked;
    bool m_isObject;
};

}
