// SPDX-License-Identifier: Apache-2.0
#include "ui/housekeeping/plain_act_dialog.h"

#include <QLabel>
#include <QLayout>
#include <QLineEdit>

namespace ui {

namespace {

/// Hides every widget of the innermost layout that holds this one.
bool hideLineOf(QLayout* layout, QWidget* widget)
{
    const bool isHere = layout->indexOf(widget) >= 0;
    for (int i = 0; i < layout->count(); ++i) {
        QLayoutItem* part = layout->itemAt(i);
        if (part->layout() && hideLineOf(part->layout(), widget))
            return true;
        if (isHere && part->widget())
            part->widget()->hide();
    }
    return isHere;
}

}

PlainActDialog::PlainActDialog(const ConnectionProfile& profile, const QString& title, QWidget* parent) : ActDialog(profile, title, parent)
{
    const auto labels = findChildren<QLabel*>();
    for (QLabel* label : labels) {
        if (auto* reason = qobject_cast<QLineEdit*>(label->buddy())) {
            hideLineOf(layout(), reason);
            reason->setText(title);    // so that nothing is missing; it goes nowhere
        }
    }
}

}
