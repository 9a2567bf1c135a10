// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_spelling.h"
#include "core/tasks/payload_reader.h"
#include "core/tasks/schemas.h"

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

/// Walks a field list and writes the inspector's lines.
class FieldRows {
public:
    FieldRows(QList<FieldRow>& rows, const QString& pointer, int level, qsizetype maxElements)
        : m_rows(rows), m_pointer(pointer), m_level(level), m_maxElements(maxElements)
    {
    }

    template <class T>
    void required(const char* key, const T& value, const char* help, const Rule& = {})
    {
        add(QString::fromLatin1(key), QString::fromUtf8(help), m_pointer + u'/' + QLatin1String(key), m_level, value);
    }
    template <class T>
    void optional(const char* key, const T& value, const char* help, const Rule& = {})
    {
        required(key, value, help);
    }
    void exactlyOne(const char*, const char*) {}
    template <class T>
    void ordered(const char*, const T&, const char*, const T&)
    {
    }

private:
    template <class T>
    void add(const QString& key, const QString& help, const QString& pointer, int level, const T& value)
    {
        const auto line = [&](const QString& text, bool isSet = true) { m_rows << FieldRow{key, pointer, help, text, level, isSet}; };
        if constexpr (isOptional<T>) {
            if (value)
                add(key, help, pointer, level, *value);
            else
                line({}, false);
        } else if constexpr (isList<T>) {
            line(value.size() == 1 ? u"1 item"_s : u"%1 items"_s.arg(value.size()));
            addElements(pointer, level + 1, value);
        } else if constexpr (Described<T, FieldRows>) {
            line({});
            T copy = value;
            FieldRows nested(m_rows, pointer, level + 1, m_maxElements);
            copy.describe(nested);
        } else if constexpr (std::same_as<T, RawJson>) {
            line(QString::fromUtf8(value.bytes), !value.bytes.isEmpty());
        } else {
            line(text(value));
        }
    }

    template <class T>
    void addElements(const QString& pointer, int level, const QList<T>& list)
    {
        const qsizetype shown = std::min(list.size(), m_maxElements);
        for (qsizetype i = 0; i < shown; ++i)
            add(u"[%1]"_s.arg(i), {}, pointer + u'/' + QString::number(i), level, list.at(i));
        if (shown < list.size())
            m_rows << FieldRow{u"…"_s, pointer, {}, u"%1 more"_s.arg(list.size() - shown), level, true};
    }

    static QString text(qint64 value) { return QString::number(value); }
    static QString text(double value) { return QString::fromLatin1(base::encodeJsonNumber(value)); }
    static QString text(bool value) { return value ? u"true"_s : u"false"_s; }
    static QString text(const QString& value) { return value; }
    template <class E>
    static QString text(const Word<E>& value)
    {
        return value.stored();
    }
    template <class Tag>
    static QString text(const base::Id<Tag>& value)
    {
        return value.text;
    }

    QList<FieldRow>& m_rows;
    QString m_pointer;
    int m_level;
    qsizetype m_maxElements;
};

template <class Payload>
QList<FieldRow> rowsOf(const Payload& payload, qsizetype maxElements)
{
    QList<FieldRow> rows;
    std::visit(
        [&](auto value) {
            if constexpr (!std::same_as<decltype(value), UnknownPayload>) {    // which the raw view shows
                FieldRows fields(rows, {}, 0, maxElements);
                value.describe(fields);
            }
        },
        payload);
    return rows;
}

}

QList<FieldRow> inputRows(const InputPayload& payload, qsizetype maxElements)
{
    return rowsOf(payload, maxElements);
}

QList<FieldRow> outputRows(const OutputPayload& payload, qsizetype maxElements)
{
    return rowsOf(payload, maxElements);
}

}
