// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/acts/act_dialog.h"

namespace ui {

/// An ActDialog for acts that take no reason of a person: the journal writes down what they were on, and nothing is asked that would be
/// thrown away. All else is the same, also the confirmation on a production store.
class PlainActDialog : public ActDialog {
    Q_OBJECT

public:
    PlainActDialog(const ConnectionProfile& profile, const QString& title, QWidget* parent);
};

}
