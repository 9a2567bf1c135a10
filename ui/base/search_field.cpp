// SPDX-License-Identifier: Apache-2.0
#include "ui/base/search_field.h"

#include <QAction>
#include <QCoreApplication>
#include <QLineEdit>
#include <QToolButton>

namespace ui {

void nameFieldButtons(QLineEdit* field)
{
    const auto buttons = field->findChildren<QToolButton*>();
    for (QToolButton* button : buttons) {
        // Qt names its own clear action so; every other one is a drawing that only says what the field is for
        const bool clears =
            button->defaultAction() && button->defaultAction()->objectName() == QLatin1StringView("_q_qlineeditclearaction");
        button->setAccessibleName(clears                              ? QCoreApplication::translate("ui::SearchField", "Clear")
                                  : field->accessibleName().isEmpty() ? field->placeholderText()
                                                                      : field->accessibleName());
    }
}

}
