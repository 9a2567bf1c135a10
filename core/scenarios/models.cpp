// SPDX-License-Identifier: Apache-2.0
#include "core/scenarios/models.h"

namespace core::scenarios {

using namespace Qt::StringLiterals;

QString signingName(Signing signing)
{
    switch (signing) {
    case Signing::NotChecked: return u"not_checked"_s;
    case Signing::Good: return u"good"_s;
    case Signing::Wrong: return u"wrong"_s;
    case Signing::AsSent: return u"as_sent"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Signing> parseSigning(QStringView text)
{
    for (const Signing signing : {Signing::NotChecked, Signing::Good, Signing::Wrong, Signing::AsSent}) {
        if (text == signingName(signing))
            return signing;
    }
    return {};
}

}
