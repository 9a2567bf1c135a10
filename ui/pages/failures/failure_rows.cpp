// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/failures/failure_rows.h"

#include "ui/base/charts/axis.h"
#include "ui/base/charts/sparkline.h"
#include "ui/base/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::FailureGroup;

namespace {

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("ui::failures", text, nullptr, n);
}

QString keyOf(const FailureGroup& group)
{
    return group.typeText + QChar(0) + group.code + QChar(0) + group.pattern;
}

RowCell sharedCell(const FailureGroup& group, const core::jobs::FailureGroups& all, const QTimeZone& zone)
{
    RowCell cell;
    cell.ink = RowInk::Text;
    if (group.pattern.isEmpty())
        cell.text = group.code.isEmpty() ? tr("Cause not recorded") : tr("No message was recorded");
    else
        cell.text = plainLine(group.isVerbatim ? group.example : group.pattern);
    cell.hover = group.example.left(2000);
    if (const int peak = peakOf(group.buckets); peak >= 0) {
        cell.chip = tr("peak %1").arg(momentText(all.window.startOf(peak), zone, all.window.length() > std::chrono::hours(24)));
        cell.chipInk = RowInk::Failed;
    } else if (group.firstSeen >= all.window.from && all.lookedSince < all.window.from) {
        cell.chip = tr("new");
    }
    return cell;
}

RowCell sparkCell(const FailureGroup& group)
{
    RowCell cell;
    cell.spark = group.buckets;
    cell.text = tr("%1 at most in one part").arg(*std::max_element(group.buckets.begin(), group.buckets.end()));
    return cell;
}

}

core::jobs::Window sparkWindow(const core::jobs::Window& window)
{
    core::jobs::Window wide = window;
    wide.buckets = std::min(24, window.buckets);
    return wide;
}

QList<RowColumn> failureColumns(LookBack back)
{
    return {{tr("Jobs"), 80, true}, {tr("What they share"), 240, false, true}, {tr("Code"), 150},       {tr("Type"), 116},
            {tr("Owners"), 80},     {tr("Last %1").arg(shortName(back)), 132}, {tr("First"), 68, true}, {tr("Last"), 68, true},
            {QString(), 88}};
}

QList<PageRow> failureRows(const core::jobs::FailureGroups& groups, const QTimeZone& zone)
{
    QList<PageRow> rows;
    for (const FailureGroup& group : groups.groups) {
        PageRow row;
        row.key = keyOf(group);
        row.job = group.newest;
        RowCell code{.text = plainLine(group.code), .ink = RowInk::Text, .isMono = true};
        if (group.code.isEmpty())
            code = RowCell{.text = tr("no code"), .ink = RowInk::Unknown, .icon = u"state-unknown"_s};
        row.cells = {RowCell{.text = countText(group.count), .ink = RowInk::Text, .isStrong = true},
                     sharedCell(group, groups, zone),
                     code,
                     RowCell{typeShortName(group.type, group.typeText)},
                     RowCell{group.owners == 0   ? u"\u2013"_s
                             : group.owners == 1 ? tr("1 user")
                                                 : tr("%1 users").arg(group.owners)},
                     sparkCell(group),
                     RowCell{.text = {}, .time = group.firstSeen},
                     RowCell{.text = {}, .time = group.lastSeen},
                     RowCell{.text = tr("Show jobs"), .ink = RowInk::Link}};
        rows += row;
    }
    return rows;
}

QString failureCaption(const core::jobs::FailureGroups& groups)
{
    const QString jobs = groups.total == 1 ? tr("1 failed job") : tr("%1 failed jobs").arg(countText(groups.total));
    const QString in = groups.groups.size() == 1 ? tr("in 1 group") : tr("in %1 groups").arg(groups.groups.size());
    QString text = jobs + u' ' + in;
    if (groups.lookedOnlyAtNewest)
        text += u" \u00b7 "_s + tr("only the newest %1 were looked at").arg(countText(*groups.lookedOnlyAtNewest));
    return text;
}

QString failureFilter(const core::jobs::FailureGroups& groups, const QString& rowKey, LookBack back, const QString& pageFilter)
{
    for (const FailureGroup& group : groups.groups) {
        if (keyOf(group) == rowKey)
            return u"since:%1 %2"_s.arg(filterAge(back), group.filter) + (pageFilter.isEmpty() ? QString() : u" (%1)"_s.arg(pageFilter));
    }
    return {};
}

}
