// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/models.h"
#include "ui/acts/act_dialog.h"

#include <QHash>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QSpinBox;

namespace ui {

class ColorField;
class StoreSession;
class StylePreview;

/// Every field of a caption preset, with how captions look in it while one types. What is wrong stands below its field, by the
/// core's own rules; what only the store knows (a name that is taken) comes there when it is saved.
class PresetEditor final : public ActDialog {
    Q_OBJECT

public:
    /// A draft without an id is a new preset.
    PresetEditor(StoreSession& session, const core::tasks::PresetDraft& draft, QWidget* parent);
    [[nodiscard]] core::tasks::PresetDraft draft() const;
    /// What stands below a field ("name", "style/font"); empty where nothing is wrong.
    [[nodiscard]] QString errorOf(const QString& field) const;
    [[nodiscard]] const StylePreview& preview() const { return *m_preview; }

signals:
    void saved(const core::PresetId& id);

private:
    void buildFields();
    void addField(QGridLayout& grid, const QString& title, QWidget* editor, const QString& field);
    void check();
    void showErrorAt(const QString& field, const QString& message);
    void save();
    void refuse(const core::Error& error);

    StoreSession& m_session;
    core::tasks::PresetDraft m_original;
    QLineEdit* m_name;
    QComboBox* m_font;
    QDoubleSpinBox* m_size;
    QCheckBox* m_bold;
    QCheckBox* m_italic;
    ColorField* m_letters;
    ColorField* m_outlineColor;
    QDoubleSpinBox* m_outline;
    QComboBox* m_position;
    QSpinBox* m_margin;
    StylePreview* m_preview;
    QHash<QString, InkLabel*> m_errors;    // by the field's name in the core
};

}
