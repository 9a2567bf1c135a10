// SPDX-License-Identifier: Apache-2.0
#include "ui/base/scroll_area.h"

#include "ui/base/scroll_bar_names.h"

#include <QScrollArea>

namespace ui {

QScrollArea* scrollAreaOf(QWidget* page, const QString& name, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setWidget(page);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setAccessibleName(name);
    nameScrollBars(*area);
    area->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);    // being put into an area gives it a ground of its own
    return area;
}

}
