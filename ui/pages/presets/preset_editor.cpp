// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/presets/preset_editor.h"

#include "core/captions/style.h"
#include "ui/base/ink_label.h"
#include "ui/media/style_preview.h"
#include "ui/pages/presets/color_field.h"
#include "ui/session/store_session.h"
#include "ui/theme/metrics.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::captions::CaptionPosition;
using core::captions::CaptionStyle;

namespace {

QDoubleSpinBox* numberField(const QString& name, double most, QWidget* parent)
{
    auto* field = new QDoubleSpinBox(parent);
    field->setRange(0, most);
    field->setDecimals(1);
    field->setSingleStep(1);
    field->setSuffix(PresetEditor::tr(" px"));
    field->setAccessibleName(name);
    return field;
}

/// The core's verdict on each field alone: it stops at the first that is wrong, a person wants to see them all.
QHash<QString, QString> wrongFields(const CaptionStyle& style)
{
    QHash<QString, QString> wrong;
    const auto look = [&wrong](const CaptionStyle& one) {
        if (const auto checked = core::captions::checkStyle(one); !checked)
            wrong.insert(checked.error().field, checked.error().message);
    };
    const CaptionStyle sound;
    CaptionStyle one = sound;
    one.font = style.font;
    look(one);
    one = sound;
    one.primaryColor = style.primaryColor;
    look(one);
    one = sound;
    one.outlineColor = style.outlineColor;
    look(one);
    one = sound;
    one.fontSize = style.fontSize;
    look(one);
    one = sound;
    one.outline = style.outline;
    look(one);
    one = sound;
    one.marginPx = style.marginPx;
    look(one);
    return wrong;
}

}

PresetEditor::PresetEditor(StoreSession& session, const core::tasks::PresetDraft& draft, QWidget* parent)
    : ActDialog(session.profile(), draft.id ? tr("Edit caption preset") : tr("New caption preset"), parent, Reason::NotAsked),
      m_session(session),
      m_original(draft),
      m_name(new QLineEdit(draft.name, this)),
      m_font(new QComboBox(this)),
      m_size(numberField(tr("Size"), 9999, this)),
      m_bold(new QCheckBox(tr("Bold"), this)),
      m_italic(new QCheckBox(tr("Italic"), this)),
      m_letters(new ColorField(tr("letters"), this)),
      m_outlineColor(new ColorField(tr("outline"), this)),
      m_outline(numberField(tr("Outline width"), 9999, this)),
      m_position(new QComboBox(this)),
      m_margin(new QSpinBox(this)),
      m_preview(new StylePreview(this))
{
    const CaptionStyle& style = draft.style;
    m_name->setAccessibleName(tr("Name"));
    m_font->setEditable(true);
    m_font->setAccessibleName(tr("Font"));
    m_font->addItems(QFontDatabase::families());
    m_font->setEditText(style.font);
    m_size->setValue(style.fontSize);
    m_bold->setChecked(style.bold);
    m_italic->setChecked(style.italic);
    m_letters->setColor(style.primaryColor);
    m_outlineColor->setColor(style.outlineColor);
    m_outline->setValue(style.outline);
    m_position->setAccessibleName(tr("Position"));
    for (const auto& [position, title] : {std::pair{CaptionPosition::Bottom, tr("At the bottom")},
                                          {CaptionPosition::Middle, tr("In the middle")},
                                          {CaptionPosition::Top, tr("At the top")}})
        m_position->addItem(title, static_cast<int>(position));
    m_position->setCurrentIndex(m_position->findData(static_cast<int>(style.position)));
    m_margin->setRange(0, 9999);
    m_margin->setSuffix(tr(" px"));
    m_margin->setAccessibleName(tr("Margin"));
    m_margin->setValue(style.marginPx);
    setMinimumWidth(scaled(900));
    buildFields();

    setScope(draft.id ? tr("1 preset") : tr("A new preset"),
             tr("Sizes are pixels of a picture whose shorter side is 1080; they scale with the real one."), false);
    setTargets(1);
    connect(m_name, &QLineEdit::textChanged, this, &PresetEditor::check);
    connect(m_font, &QComboBox::editTextChanged, this, &PresetEditor::check);
    for (QDoubleSpinBox* field : {m_size, m_outline})
        connect(field, &QDoubleSpinBox::valueChanged, this, &PresetEditor::check);
    for (QCheckBox* box : {m_bold, m_italic})
        connect(box, &QCheckBox::toggled, this, &PresetEditor::check);
    for (ColorField* field : {m_letters, m_outlineColor})
        connect(field, &ColorField::changed, this, &PresetEditor::check);
    connect(m_position, &QComboBox::currentIndexChanged, this, &PresetEditor::check);
    connect(m_margin, &QSpinBox::valueChanged, this, &PresetEditor::check);
    connect(this, &ActDialog::actAsked, this, &PresetEditor::save);
    check();
    m_name->setFocus();
    m_name->selectAll();
}

void PresetEditor::buildFields()
{
    auto* weight = new QWidget(this);
    auto* weightLine = new QHBoxLayout(weight);
    weightLine->setContentsMargins(0, 0, 0, 0);
    weightLine->addWidget(m_bold);
    weightLine->addWidget(m_italic);
    weightLine->addStretch(1);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(scaled(12));
    grid->setVerticalSpacing(scaled(4));
    addField(*grid, tr("Name"), m_name, u"name"_s);
    addField(*grid, tr("Font"), m_font, u"style/font"_s);
    addField(*grid, tr("Size"), m_size, u"style/font_size"_s);
    addField(*grid, tr("Weight"), weight, {});
    addField(*grid, tr("Letters"), m_letters, u"style/primary_color"_s);
    addField(*grid, tr("Outline"), m_outlineColor, u"style/outline_color"_s);
    addField(*grid, tr("Outline width"), m_outline, u"style/outline"_s);
    addField(*grid, tr("Position"), m_position, {});
    addField(*grid, tr("Margin"), m_margin, u"style/margin_px"_s);
    grid->setColumnMinimumWidth(1, scaled(240));
    grid->setRowStretch(grid->rowCount(), 1);

    auto* right = new QVBoxLayout;
    right->setSpacing(scaled(8));
    m_preview->setMinimumSize(scaled(480), scaled(270));
    right->addWidget(m_preview);
    auto* note = new InkLabel(tr("A font that the rendering machine lacks is replaced; the job's output then says by which."),
                              TextRole::Small, InkLabel::Ink::Text2, this);
    note->setWordWrap(true);
    right->addWidget(note);
    right->addStretch(1);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(scaled(24));
    columns->addLayout(grid);
    columns->addLayout(right, 1);
    body()->addLayout(columns, 1);
}

void PresetEditor::addField(QGridLayout& grid, const QString& title, QWidget* editor, const QString& field)
{
    const int row = grid.rowCount();
    auto* label = new InkLabel(title, TextRole::Body, InkLabel::Ink::Text2, this);
    label->setBuddy(editor);
    grid.addWidget(label, row, 0);
    grid.addWidget(editor, row, 1);
    if (field.isEmpty())
        return;
    auto* error = new InkLabel(TextRole::Small, InkLabel::Ink::Failed, this);
    error->setWordWrap(true);
    error->hide();
    grid.addWidget(error, row + 1, 1);
    m_errors.insert(field, error);
}

core::tasks::PresetDraft PresetEditor::draft() const
{
    core::tasks::PresetDraft draft = m_original;
    draft.name = m_name->text().trimmed();
    CaptionStyle& style = draft.style;
    style.font = m_font->currentText().trimmed();
    style.fontSize = m_size->value();
    style.bold = m_bold->isChecked();
    style.italic = m_italic->isChecked();
    style.primaryColor = m_letters->color();
    style.outlineColor = m_outlineColor->color();
    style.outline = m_outline->value();
    style.position = static_cast<CaptionPosition>(m_position->currentData().toInt());
    style.marginPx = m_margin->value();
    return draft;
}

QString PresetEditor::errorOf(const QString& field) const
{
    const InkLabel* label = m_errors.value(field);
    return label ? label->text() : QString();
}

void PresetEditor::showErrorAt(const QString& field, const QString& message)
{
    InkLabel* label = m_errors.value(field);
    label->setText(message);
    label->setVisible(!message.isEmpty());
}

void PresetEditor::check()
{
    const core::tasks::PresetDraft now = draft();
    const auto wrong = wrongFields(now.style);
    const QStringList fields = m_errors.keys();
    for (const QString& field : fields)
        showErrorAt(field, wrong.value(field));
    m_preview->setStyleAndText(now.style, tr("This is how captions\nlook in this preset."));
    QString why;
    if (now.name.isEmpty())
        why = tr("Give the preset a name first.");
    else if (!wrong.isEmpty())
        why = tr("Correct what stands in red first.");
    else if (m_original.id && now.name == m_original.name && now.style == m_original.style)
        why = tr("Nothing was changed yet.");
    setAct(tr("Save preset"), why);
}

void PresetEditor::save()
{
    setBusy(true);
    core::whenDone(m_session.backend()->savePreset(m_session.caller(), draft()), this, [this](const core::Result<core::PresetId>& id) {
        if (!id)
            return refuse(id.error());
        emit saved(*id);
        close();
    });
}

void PresetEditor::refuse(const core::Error& error)
{
    if (!m_errors.contains(error.field))
        return showError(tr("The preset was not saved."), error, tr("The store is as it was."));
    setBusy(false);
    showErrorAt(error.field, error.message);
    setAct(tr("Save preset"), tr("Correct what stands in red first."));
    if (error.field == u"name"_s)
        m_name->setFocus();
}

}
