// SPDX-License-Identifier: Apache-2.0
#include "core/base/time.h"

#include <QString>

#include <cstdint>
#include <cstdlib>

/// Any text is a time or a refusal; a time that was read must survive being written and read again, to the microsecond.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto time = core::base::parseIsoText(text);
    if (!time)
        return 0;
    const auto again = core::base::parseIsoText(core::base::toIsoText(*time));
    if (again && *again != *time)
        std::abort();
    return 0;
}
