// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace core::base {

/// core/base/secrets.h says what is masked. One pass over the text, whatever its size: it runs over logs of many megabytes.
[[nodiscard]] QString maskedText(const QString& text);

}
