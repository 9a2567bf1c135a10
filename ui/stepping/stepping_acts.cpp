// SPDX-License-Identifier: Apache-2.0
#include "ui/stepping/stepping_acts.h"

#include "ui/stepping/stepping_dialog.h"

#include <QWidget>

namespace ui {

SteppingActs::SteppingActs(const UiContext& context, QWidget* window) : QObject(window), m_context(context), m_window(window) {}

SteppingDialog* SteppingActs::open(const core::JobId& id)
{
    auto* dialog = new SteppingDialog(m_context, m_files, m_window);
    dialog->load(id);
    dialog->show();
    return dialog;
}

}
