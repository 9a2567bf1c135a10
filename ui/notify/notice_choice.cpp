// SPDX-License-Identifier: Apache-2.0
#include "ui/notify/notice_choice.h"

#include "ui/session/preferences.h"

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(NoticeKind kind)
{
    switch (kind) {
    case NoticeKind::Done: return u"notices/done"_s;
    case NoticeKind::Failed: return u"notices/failed"_s;
    case NoticeKind::Cancelled: return u"notices/cancelled"_s;
    case NoticeKind::Tasks: return u"notices/tasks"_s;
    }
    Q_UNREACHABLE();
}

}

bool wantsNotices(const Preferences& preferences, NoticeKind kind)
{
    return preferences.value(keyOf(kind), true).toBool();
}

void setWantsNotices(Preferences& preferences, NoticeKind kind, bool wants)
{
    preferences.setValue(keyOf(kind), wants);
}

}
