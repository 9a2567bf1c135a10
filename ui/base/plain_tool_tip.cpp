// SPDX-License-Identifier: Apache-2.0
#include "ui/base/plain_tool_tip.h"

#include "ui/base/format.h"

#include <QStringList>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestToolTip = 4000;

}

QString plainLines(const QString& outside)
{
    const QString held = outside.size() > longestToolTip ? outside.left(longestToolTip) + u'\u2026' : outside;
    QStringList lines = held.split(u'\n');
    for (QString& line : lines)
        line = plainLine(line);
    return lines.join(u'\n');
}

QString plainToolTip(const QString& outside)
{
    if (outside.isEmpty())
        return {};
    return u"<p style='white-space:pre-wrap'>%1</p>"_s.arg(plainLines(outside).toHtmlEscaped());
}

}
