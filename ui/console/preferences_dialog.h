// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace ui {

class Preferences;

/// What a person chooses for the whole program. Every change is taken at once; Close only closes.
class PreferencesDialog final : public QDialog {
    Q_OBJECT

public:
    explicit PreferencesDialog(Preferences& preferences, QWidget* parent = nullptr);
};

}
