// SPDX-License-Identifier: Apache-2.0
#include "core/database/row_text.h"

#include "core/base/json_spelling.h"

namespace core::database {

QByteArray& RowText::name(const char* key)
{
    return m_text += (m_text.isEmpty() ? "{\"" : ",\"") + QByteArray(key) + "\":";
}

RowText& RowText::text(const char* key, const QString& value)
{
    name(key) += value.isNull() ? QByteArray("null") : base::encodeJsonString(value);
    return *this;
}

RowText& RowText::number(const char* key, qint64 value)
{
    name(key) += QByteArray::number(value);
    return *this;
}

RowText& RowText::utf8(const char* key, const std::optional<QByteArray>& value)
{
    return text(key, value ? QString::fromUtf8(*value) : QString());
}

RowText& RowText::blob(const char* key, const QByteArray& value)
{
    name(key) += '"' + value.toBase64() + '"';
    return *this;
}

}
