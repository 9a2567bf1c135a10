// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/presets/presets_page.h"

#include "ui/base/format.h"
#include "ui/base/row_table.h"
#include "ui/session/preferences.h"
#include "ui/theme/metrics.h"

#include <QColor>
#include <QVBoxLayout>

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
                           context.preferences, tr("Caption presets")))
{
    auto* layout = new QVBoxLayout(content());
    layout->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    layout->addWidget(m_table);
    setFocusProxy(m_table);
}

void PresetsPage::reload()
{
    ask(backend().presets(), [this](const QList<Preset>& presets) { take(presets); });
}

void PresetsPage::take(const QList<Preset>& presets)
{
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
}

}
