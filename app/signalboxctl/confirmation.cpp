// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/confirmation.h"

#include "app/signalboxctl/visible_text.h"

namespace app {

using core::ErrorKind;
using core::failure;
using core::Result;
using namespace Qt::StringLiterals;

Result<void> confirmed(Session& session, const Arguments& arguments, qsizetype count, const QString& question, const QString& nothing)
{
    Output& output = session.output;
    const QString number = QString::number(count);
    const QString wanted = session.production.isEmpty() || count <= 1 ? number : session.production + u' ' + number;
    const bool isTyped = wanted != number;
    if (isTyped ? arguments.value(u"confirm").value_or(QString()).simplified() == wanted : arguments.has(u"yes"))
        return {};
    const QString how =
        isTyped ? u"This store is production. Type \"%1\" to go on:"_s.arg(visible(wanted)) : u"Type the number to go on:"_s;
    if (output.canAsk() && output.ask(question + u' ' + how).simplified() == wanted)
        return {};
    return failure(ErrorKind::Forbidden, u"not_confirmed"_s,
                   isTyped ? u"%1 on a production store and nobody confirmed; --confirm \"%2\" does"_s.arg(nothing, wanted)
                           : u"%1 and nobody confirmed; --yes does"_s.arg(nothing),
                   isTyped ? u"--confirm"_s : u"--yes"_s);
}

}
