// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace core::database {

/// One row as a JSON object: a list of them is a table to a Postgres server (json_to_recordset), and costs it one statement instead of many.
class RowText {
public:
    RowText& text(const char* key, const QString& value);    ///< null without one
    RowText& number(const char* key, qint64 value);
    template <class AnyId>
    RowText& id(const char* key, const std::optional<AnyId>& value)
    {
        return text(key, value ? value->text : QString());
    }
    /// A document or text that must arrive byte for byte, and is UTF-8.
    RowText& utf8(const char* key, const std::optional<QByteArray>& value);
    /// Any bytes: decode(key, 'base64').
    RowText& blob(const char* key, const QByteArray& value);
    [[nodiscard]] QByteArray bytes() const { return m_text + '}'; }

private:
    QByteArray& name(const char* key);

    QByteArray m_text;
};

}
