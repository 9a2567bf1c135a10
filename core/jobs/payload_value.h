// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/filter.h"

#include <QByteArray>

#include <optional>

namespace core::jobs {

/// A value that a filter can compare: a string's text, or a number, true, false or null as spelled.
struct PayloadValue {
    QString text;
    bool isNumber = false;
};

/// What stands at a path, read as the store's json functions read it (SQLite 3.40, json1): strict RFC 8259, at most 2000 levels, of
/// a name that occurs twice the first, lone surrogates pass. Nothing if the text is no such JSON, if the path leads nowhere, or to a
/// list or an object. Not base::JsonText, which differs in all of that on purpose (512 levels, the last of equal names, a byte order
/// mark allowed): what the filter finds in memory must be what its SQL finds, to the letter, and it needs no index.
[[nodiscard]] std::optional<PayloadValue> payloadValueAt(const QByteArray& json, const PayloadPath& path);

}
