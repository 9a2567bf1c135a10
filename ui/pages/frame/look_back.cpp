// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/frame/look_back.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::look_back", text);
}

std::chrono::seconds partOf(LookBack back)
{
    switch (back) {
    case LookBack::Hour: return 2min;
    case LookBack::SixHours: return 10min;
    case LookBack::Day: return 30min;
    case LookBack::Week: return 6h;
    case LookBack::Month: return 24h;
    }
    Q_UNREACHABLE();
}

}

QList<LookBack> allLookBacks()
{
    return {LookBack::Hour, LookBack::SixHours, LookBack::Day, LookBack::Week, LookBack::Month};
}

std::chrono::seconds lengthOf(LookBack back)
{
    switch (back) {
    case LookBack::Hour: return 1h;
    case LookBack::SixHours: return 6h;
    case LookBack::Day: return 24h;
    case LookBack::Week: return 7 * 24h;
    case LookBack::Month: return 30 * 24h;
    }
    Q_UNREACHABLE();
}

QString filterAge(LookBack back)
{
    switch (back) {
    case LookBack::Hour: return u"1h"_s;
    case LookBack::SixHours: return u"6h"_s;
    case LookBack::Day: return u"24h"_s;
    case LookBack::Week: return u"7d"_s;
    case LookBack::Month: return u"30d"_s;
    }
    Q_UNREACHABLE();
}

QString shortName(LookBack back)
{
    switch (back) {
    case LookBack::Hour: return tr("1 h");
    case LookBack::SixHours: return tr("6 h");
    case LookBack::Day: return tr("24 h");
    case LookBack::Week: return tr("7 d");
    case LookBack::Month: return tr("30 d");
    }
    Q_UNREACHABLE();
}

QString partName(const core::jobs::Window& window)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(window.length() / window.buckets).count();
    if (minutes < 60)
        return tr("%1 min").arg(minutes);
    return minutes < 24 * 60 ? tr("%1 h").arg(minutes / 60) : tr("%1 d").arg(minutes / 60 / 24);
}

core::jobs::Window windowOf(LookBack back, core::Time now)
{
    // up to the end of the part that now is in; of days and quarters of them, to the end of the hour
    const std::chrono::microseconds step = std::min<std::chrono::microseconds>(partOf(back), 1h);
    const core::Time to{(now.time_since_epoch() / step + 1) * step};
    return {to - lengthOf(back), to, static_cast<int>(lengthOf(back) / partOf(back))};
}

}
