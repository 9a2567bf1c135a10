// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/presets/presets_page.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/base/row_table.h"
#include "ui/pages/presets/preset_editor.h"
#include "ui/pages/presets/remove_preset_dialog.h"
#include "ui/session/navigator.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QAction>
#include <QColor>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::captions::CaptionPosition;
using core::captions::CaptionStyle;
using core::captions::Preset;

namespace {

QString positionText(CaptionPosition position)
{
    switch (position) {
    case CaptionPosition::Bottom: return PresetsPage::tr("bottom");
    case CaptionPosition::Middle: return PresetsPage::tr("middle");
    case CaptionPosition::Top: return PresetsPage::tr("top");
    }
    Q_UNREACHABLE();
}

RowCell colorCell(const QString& color)
{
    RowCell cell{.text = plainLine(color), .isMono = true};
    if (QColor::isValidColor(color))
        cell.fill = color;
    return cell;
}

QString weightText(const CaptionStyle& style)
{
    if (style.bold && style.italic)
        return PresetsPage::tr("bold italic");
    return style.bold ? PresetsPage::tr("bold") : style.italic ? PresetsPage::tr("italic") : PresetsPage::tr("regular");
}

}

PresetsPage::PresetsPage(const UiContext& context, QWidget* parent)
    : PageFrame(context, tr("Presets"), parent),
      m_table(new RowTable({{tr("Name"), 180, false, true},
                            {tr("Font"), 150},
                            {tr("Size"), 64, true},
                            {tr("Weight"), 96},
                            {tr("Letters"), 104},
                            {tr("Outline"), 104},
                            {tr("Outline width"), 100, true},
                            {tr("Position"), 84},
                            {tr("Margin"), 72, true},
                            {tr("Owner"), 96},
                            {tr("Changed"), 80, true}},
                           context.preferences, tr("Caption presets"))),
      m_why(new InkLabel(TextRole::Small, InkLabel::Ink::Text2))
{
    m_new = addAct(tr("New preset…"), u"list-add"_s, {}, [this] { createPreset(); });
    m_edit = addAct(tr("Edit…"), {}, {}, [this] { editCurrent(); });
    m_copy = addAct(tr("Save a copy…"), u"edit-copy"_s, {}, [this] { copyCurrent(); });
    m_remove = addAct(tr("Delete…"), {}, QKeySequence::Delete, [this] { removeCurrent(); });
    auto* layout = new QVBoxLayout(content());
    layout->setContentsMargins(scaled(16), scaled(8), scaled(16), scaled(16));
    layout->setSpacing(scaled(8));
    layout->addWidget(m_why);
    layout->addWidget(m_table);
    setFocusProxy(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(m_table, &RowTable::currentRowChanged, this, &PresetsPage::showActs);
    connect(m_table, &RowTable::rowActivated, this, [this] { editCurrent(); });
    connect(&context.session, &StoreSession::stateChanged, this, &PresetsPage::showActs);
    showActs();
}

/// A button in the title line that stands in the rows' menu as well.
QAction* PresetsPage::addAct(const QString& text, const QString& icon, const QKeySequence& keys, std::function<void()> what)
{
    auto* act = new QAction(text, this);
    if (!icon.isEmpty())
        act->setIcon(actionIcon(icon));
    act->setShortcut(keys);
    act->setShortcutContext(Qt::WidgetShortcut);
    connect(act, &QAction::triggered, this, [what = std::move(what)] { what(); });
    m_table->addAction(act);
    auto* button = new QToolButton(this);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setDefaultAction(act);
    button->setFocusPolicy(Qt::StrongFocus);
    addToTitle(button);
    return act;
}

const Preset* PresetsPage::current() const
{
    const PageRow* row = m_table->currentRow();
    const auto found =
        std::find_if(m_presets.constBegin(), m_presets.constEnd(), [&](const Preset& preset) { return row && preset.id.text == row->key; });
    return found == m_presets.constEnd() ? nullptr : &*found;
}

QString PresetsPage::whyNot() const
{
    if (const auto capabilities = context().session.capabilities(); !capabilities.canWrite)
        return capabilities.whyReadOnly;
    const Preset* preset = current();
    if (!preset)
        return tr("Choose a preset to edit, copy or delete it.");
    return preset->isBuiltin ? tr("\"%1\" is built in and stays as it is. Save a copy to change it.").arg(plainLine(preset->name))
                             : QString();
}

void PresetsPage::showActs()
{
    const auto capabilities = context().session.capabilities();
    const QString why = whyNot();
    const auto show = [](QAction* act, const QString& reason) {
        act->setEnabled(reason.isEmpty());
        act->setToolTip(reason.isEmpty() ? act->text() : plainToolTip(reason));
    };
    show(m_new, capabilities.canWrite ? QString() : capabilities.whyReadOnly);
    show(m_copy, capabilities.canWrite && current() ? QString() : why);
    show(m_edit, why);
    show(m_remove, why);
    m_why->setText(why.isEmpty() ? tr("Jobs name a preset by its id. Enter edits the chosen one.") : why);
}

PresetEditor* PresetsPage::openEditor(const core::tasks::PresetDraft& draft, const QString& done)
{
    auto* editor = new PresetEditor(context().session, draft, this);
    connect(editor, &PresetEditor::saved, this, [this, done](const core::PresetId& id) {
        m_toSelect = id;
        emit context().navigator.toastAsked(done);
        refresh();
    });
    editor->open();
    return editor;
}

PresetEditor* PresetsPage::createPreset()
{
    core::tasks::PresetDraft draft;
    draft.userId = context().session.caller().operatorName;
    return openEditor(draft, tr("The preset is saved."));
}

PresetEditor* PresetsPage::editCurrent()
{
    if (!whyNot().isEmpty())
        return nullptr;
    const Preset* preset = current();
    return openEditor({preset->id, preset->name, preset->style, preset->userId, preset->updatedAt}, tr("The preset is changed."));
}

PresetEditor* PresetsPage::copyCurrent()
{
    const Preset* preset = current();
    if (!preset || !context().session.capabilities().canWrite)
        return nullptr;
    return openEditor({{}, tr("%1 (copy)").arg(preset->name.left(100)), preset->style, context().session.caller().operatorName},
                      tr("The copy is saved."));
}

RemovePresetDialog* PresetsPage::removeCurrent()
{
    if (!whyNot().isEmpty())
        return nullptr;
    auto* dialog = new RemovePresetDialog(context().session, *current(), this);
    connect(dialog, &RemovePresetDialog::removed, this, [this] {
        emit context().navigator.toastAsked(tr("The preset is deleted. Undo stands in the journal."));
        refresh();
    });
    dialog->open();
    return dialog;
}

void PresetsPage::reload()
{
    ask(backend().presets(), [this](const QList<Preset>& presets) { take(presets); });
}

void PresetsPage::take(const QList<Preset>& presets)
{
    m_presets = presets;
    QList<PageRow> rows;
    for (const Preset& preset : presets) {
        const CaptionStyle& style = preset.style;
        PageRow row{preset.id.text, {}, {}};
        row.cells = {RowCell{.text = plainLine(preset.name),
                             .hover = preset.id.text,
                             .ink = RowInk::Text,
                             .isStrong = true,
                             .chip = preset.isBuiltin ? tr("built in") : QString(),
                             .chipInk = RowInk::Secondary},
                     RowCell{plainLine(style.font)},
                     RowCell{QString::number(style.fontSize)},
                     RowCell{weightText(style)},
                     colorCell(style.primaryColor),
                     colorCell(style.outlineColor),
                     RowCell{QString::number(style.outline)},
                     RowCell{positionText(style.position)},
                     RowCell{tr("%1 px").arg(style.marginPx)},
                     RowCell{preset.userId.isEmpty() ? u"\u2013"_s : plainLine(preset.userId)},
                     preset.updatedAt ? RowCell{.text = {}, .time = preset.updatedAt} : RowCell{u"\u2013"_s}};
        rows += row;
    }
    m_table->setRows(rows);
    setCaption(tr("Sizes are pixels of a picture whose shorter side is 1080."));
    setIsEmpty(false);
    if (const int row = m_table->rows().rowOf(m_toSelect.text); row >= 0) {
        m_table->selectRow(row);
        m_toSelect = {};
    }
    showActs();
}

}
