// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/captions/models.h"
#include "ui/acts/act_dialog.h"

namespace ui {

class StoreSession;

/// Asks by name before a preset goes, and says what that means.
class RemovePresetDialog final : public ActDialog {
    Q_OBJECT

public:
    RemovePresetDialog(StoreSession& session, const core::captions::Preset& preset, QWidget* parent);

signals:
    void removed();

private:
    void act();

    StoreSession& m_session;
    core::PresetId m_id;
};

}
