// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace core::database::postgres {

/// The types that our tables and statements use, by their object ids (src/include/catalog/pg_type.dat, the same in every server).
enum Type : unsigned int {
    Bool = 16,
    Bytea = 17,
    Int8 = 20,
    Int2 = 21,
    Int4 = 23,
    Text = 25,
    Json = 114,
    Float8 = 701,
    TimestampTz = 1184,
    Interval = 1186,
    Numeric = 1700,
    Uuid = 2950,
    Jsonb = 3802,
};

/// One value in the binary form of the protocol (big-endian; times in microseconds since 2000-01-01).
struct Wire {
    QByteArray bytes;
    bool isText = false;    ///< in the text form after all: types without a binary form here
};

// What a repository binds, as the parameter's own type wants it. Times and spans are microseconds, as everywhere in the core.
[[nodiscard]] Wire fromInt64(unsigned int type, qint64 value);
[[nodiscard]] Wire fromDouble(unsigned int type, double value);
/// Nothing for a text that the type cannot hold: a uuid that is none.
[[nodiscard]] std::optional<Wire> fromUtf8(unsigned int type, const QByteArray& value);

// What a column says.
[[nodiscard]] qint64 toInt64(unsigned int type, const char* data, int size);
[[nodiscard]] double toDouble(unsigned int type, const char* data, int size);
[[nodiscard]] QByteArray toUtf8(unsigned int type, const char* data, int size);

}
