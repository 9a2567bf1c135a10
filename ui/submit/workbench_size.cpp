// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/workbench_size.h"

#include "ui/theme/metrics.h"

#include <QDialog>
#include <QScreen>

namespace ui {

void sizeAsWorkbench(QDialog& dialog)
{
    QSize size(scaled(1170), scaled(780));
    if (const QScreen* screen = dialog.screen()) {
        const QSize room = screen->availableSize();
        size = size.boundedTo({room.width() - scaled(24), room.height() - scaled(48)});
    }
    dialog.resize(size);
}

}
