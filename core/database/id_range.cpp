// SPDX-License-Identifier: Apache-2.0
#include "core/database/id_range.h"

#include <QUuid>

namespace core::database {

using namespace Qt::StringLiterals;

std::optional<IdRange> idsThatBegin(Engine engine, const QString& prefix)
{
    if (engine == Engine::Sqlite)
        return IdRange{prefix, prefix + QChar(0xffff)};
    static const QString lowest = u"00000000-0000-0000-0000-000000000000"_s;
    static const QString highest = u"ffffffff-ffff-ffff-ffff-ffffffffffff"_s;
    if (prefix.size() > lowest.size())
        return {};
    for (qsizetype i = 0; i < prefix.size(); ++i) {
        const QChar c = prefix.at(i);
        const bool isHex = (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
        if (lowest.at(i) == u'-' ? c != u'-' : !isHex)
            return {};
    }
    return IdRange{prefix + lowest.mid(prefix.size()), prefix + highest.mid(prefix.size())};
}

}
