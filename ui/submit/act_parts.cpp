// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/act_parts.h"

#include "ui/acts/act_dialog.h"
#include "ui/theme/metrics.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>

namespace ui {

using namespace Qt::StringLiterals;

void leaveOutReason(ActDialog& dialog)
{
    const auto labels = dialog.findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        auto* reason = qobject_cast<QLineEdit*>(label->buddy());
        if (!reason)
            continue;
        reason->setText(u"-"_s);    // the base wants one for many jobs
        const auto lines = dialog.findChildren<QHBoxLayout*>();
        for (const QHBoxLayout* line : lines) {
            for (int i = 0; line->indexOf(reason) >= 0 && i < line->count(); ++i) {
                if (QWidget* part = line->itemAt(i)->widget())
                    part->hide();
            }
        }
        return;
    }
}

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
