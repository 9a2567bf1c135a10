// SPDX-License-Identifier: Apache-2.0
#include "core/database/postgres_text.h"

#include <cstring>

namespace core::database {
namespace {

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Behind the constant, quoted name or comment that begins at `at`; `at` itself where none does.
const char* behindVerbatim(const char* at)
{
    if (*at == '\'' || *at == '"') {
        const char* end = at + 1;
        while (*end != '\0' && *end != *at)    // a doubled quote ends one constant and begins the next
            ++end;
        return *end == '\0' ? end : end + 1;
    }
    if (at[0] == '-' && at[1] == '-')
        return at + std::strcspn(at, "\n");
    if (at[0] == ':' && at[1] == ':')
        return at + 2;
    return at;
}

}

NumberedSql numberedSql(const char* sql)
{
    NumberedSql numbered;
    const char* at = sql;
    while (*at != '\0') {
        if (const char* end = behindVerbatim(at); end != at) {
            numbered.text.append(at, end - at);
            at = end;
            continue;
        }
        if (*at != ':' || !isNameByte(at[1])) {
            numbered.text.append(*at++);
            continue;
        }
        const char* end = at + 1;
        while (isNameByte(*end))
            ++end;
        const QByteArray name(at, end - at);
        auto number = numbered.names.indexOf(name);
        if (number < 0) {
            number = numbered.names.size();
            numbered.names.append(name);
        }
        numbered.text.append('$').append(QByteArray::number(number + 1));
        at = end;
    }
    return numbered;
}

}
