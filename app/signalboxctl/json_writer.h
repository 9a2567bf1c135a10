// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace app {

/// One JSON object on one line, keys in the order they are added. Stored payloads go in as they are: no number is rounded, no key moved.
class JsonObject {
public:
    JsonObject& text(const char* key, const QString& text);                      ///< null where it is empty, as the column is
    JsonObject& time(const char* key, const std::optional<core::Time>& time);    ///< RFC 3339 with microseconds
    JsonObject& number(const char* key, const std::optional<qint64>& number);
    JsonObject& flag(const char* key, bool flag);
    /// JSON of ours.
    JsonObject& raw(const char* key, const QByteArray& json);
    /// JSON of others: on one line if it is JSON, a string if it is not; null where there is none.
    JsonObject& payload(const char* key, const std::optional<QByteArray>& stored);
    [[nodiscard]] QByteArray bytes() const { return "{" + m_members + "}"; }

private:
    QByteArray m_members;
};

[[nodiscard]] QByteArray jsonText(const QString& text);
[[nodiscard]] QByteArray jsonArray(const QList<QByteArray>& elements);
[[nodiscard]] QByteArray jsonTexts(const QStringList& texts);

/// Valid JSON without the white space between its tokens.
[[nodiscard]] QByteArray compactJson(const QByteArray& json);
/// Valid JSON, indented by two; numbers, order and spellings as they stand.
[[nodiscard]] QByteArray prettyJson(const QByteArray& json);

}
