// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/frame/page_frame.h"

class QAction;

namespace ui {

class InkLabel;
class PresetEditor;
class RemovePresetDialog;
class RowTable;

/// The caption presets with every field of their style, and what can be done with them: new, edit, save a copy, delete. The built-in
/// ones stay as they are; what is off says why in the line over the list.
class PresetsPage final : public PageFrame {
    Q_OBJECT

public:
    explicit PresetsPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] RowTable& table() const { return *m_table; }
    /// Why the chosen preset cannot be edited or deleted; empty if it can.
    [[nodiscard]] QString whyNot() const;
    PresetEditor* createPreset();
    PresetEditor* editCurrent();
    PresetEditor* copyCurrent();
    RemovePresetDialog* removeCurrent();

protected:
    void reload() override;

private:
    QAction* addAct(const QString& text, const QString& icon, const QKeySequence& keys, std::function<void()> what);
    void take(const QList<core::captions::Preset>& presets);
    [[nodiscard]] const core::captions::Preset* current() const;
    PresetEditor* openEditor(const core::tasks::PresetDraft& draft, const QString& done);
    void showActs();

    RowTable* m_table;
    InkLabel* m_why;
    QAction* m_new;
    QAction* m_edit;
    QAction* m_copy;
    QAction* m_remove;
    QList<core::captions::Preset> m_presets;
    core::PresetId m_toSelect;    // saved just now; its row comes with the next answer
};

}
