// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace core::base {

/// Sends Qt's log through maskSecrets() to standard error, one line a message: time, level, text. Control characters are escaped, so
/// that foreign text cannot forge a line. Messages below `warning` only when `verbose`.
void installLogging(bool verbose);

}
