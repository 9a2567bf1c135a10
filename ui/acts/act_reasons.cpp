// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/act_reasons.h"

#include "ui/session/store_session.h"

#include <QCoreApplication>

namespace ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::ActReasons", text);
}

}

QString whyNoAct(const StoreSession& session)
{
    if (!session.isOpen())
        return tr("The store is not open.");
    const auto capabilities = session.capabilities();
    return capabilities.canWrite ? QString() : capabilities.whyReadOnly;
}

QString whyNoActOnMatching(const StoreSession& session, const core::jobs::Filter& filter)
{
    if (const QString why = whyNoAct(session); !why.isEmpty())
        return why;
    return core::jobs::takesAll(filter) ? tr("There is no filter; this would be every job of the store.") : QString();
}

}
