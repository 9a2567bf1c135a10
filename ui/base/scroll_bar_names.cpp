// SPDX-License-Identifier: Apache-2.0
#include "ui/base/scroll_bar_names.h"

#include <QAbstractScrollArea>
#include <QCoreApplication>
#include <QScrollBar>

namespace ui {

void nameScrollBars(QAbstractScrollArea& area)
{
    const auto say = [&](const char* text) { return QCoreApplication::translate("ui::ScrollBarNames", text).arg(area.accessibleName()); };
    area.verticalScrollBar()->setAccessibleName(say("%1, up and down"));
    area.horizontalScrollBar()->setAccessibleName(say("%1, to the side"));
}

}
