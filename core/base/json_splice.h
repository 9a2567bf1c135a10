// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"

#include <QList>

namespace core::base {

/// What becomes of one key of an object.
struct JsonChange {
    QString key;
    std::optional<QByteArray> json;    ///< a whole JSON value; none: the key goes, each time it stands there
};

/// The object's bytes with these keys changed. What was there keeps its place, what is new comes last in the layout of the member before it, and
/// every other byte stays. `object` must be one; each `json` must be valid.
[[nodiscard]] QByteArray withMembers(const JsonValue& object, const QList<JsonChange>& changes);

/// The array's bytes with these elements (each a whole JSON value) in place of its own. White space around them is kept as far as it reaches.
[[nodiscard]] QByteArray withElements(const JsonValue& array, const QList<QByteArray>& elements);

}
