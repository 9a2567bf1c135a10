// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_button.h"

#include "ui/theme/style.h"

namespace ui {

CompareButton::CompareButton(Navigator& navigator, std::function<std::optional<PayloadRef>()> payload, QWidget* parent)
    : QToolButton(parent)
{
    setText(tr("Compare…"));
    setAccessibleName(tr("Compare this payload with another"));
    setToolTip(tr("Compare with another payload: of this job, of another, or one chosen before"));
    setFlatLook(this);
    setPopupMode(QToolButton::InstantPopup);
    auto* choices = new QMenu(this);
    setMenu(choices);
    connect(choices, &QMenu::aboutToShow, this, [&navigator, choices, payload = std::move(payload)] {
        choices->clear();
        if (const auto shown = payload())
            emit navigator.compareMenuAsked(choices, *shown);
        if (choices->isEmpty())
            choices->addAction(tr("There is nothing to compare"))->setEnabled(false);
    });
}

}
