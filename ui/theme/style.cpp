// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/style.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QPainter>
#include <QPushButton>
#include <QStyleOption>
#include <QToolButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

enum class Look { Plain, Primary, Flat, Link };

Look lookOf(const QWidget* widget)
{
    return widget ? static_cast<Look>(widget->property(lookProperty).toInt()) : Look::Plain;
}

void setLook(QWidget* widget, Look look)
{
    widget->setProperty(lookProperty, static_cast<int>(look));
    widget->update();
}

void drawBox(QPainter* painter, const QRect& rect, const QBrush& fill, const QColor& line, qreal radius, qreal width = 1)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.isValid() ? QPen(line, width) : QPen(Qt::NoPen));
    painter->setBrush(fill);
    const qreal inset = line.isValid() ? width / 2 : 0;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void drawFocusRing(QPainter* painter, const QRect& rect, const Theme& theme)
{
    drawBox(painter, rect, Qt::NoBrush, theme.accent, 3, 2);
}

void drawButton(const QStyleOption* option, QPainter* painter, const QWidget* widget)
{
    const Theme& theme = themeOf(option->palette);
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool down = option->state & (QStyle::State_Sunken | QStyle::State_On);
    const bool hover = enabled && (option->state & QStyle::State_MouseOver);
    const QRect rect = option->rect;
    switch (lookOf(widget)) {
    case Look::Primary: drawBox(painter, rect, enabled ? theme.accent : theme.track, {}, 3); break;
    case Look::Flat:
        if (down)
            drawBox(painter, rect, theme.highlight, {}, 3);
        else if (hover)
            drawBox(painter, rect, theme.inactiveHighlight, {}, 3);
        break;
    case Look::Link: break;
    case Look::Plain:
        drawBox(painter, rect,
                down    ? theme.highlight
                : hover ? theme.inactiveHighlight
                        : theme.button,
                enabled ? theme.outline : theme.border, 3);
        break;
    }
    if ((option->state & QStyle::State_HasFocus) && enabled)
        drawFocusRing(painter, rect, theme);
}

/// What stands on a button: icon, 8 px, words, and a chevron where a menu opens. In the middle, or left of the chevron.
struct Label {
    QIcon icon;
    QString text;
    QSize iconSize;
    bool hasMenu = false;
};

constexpr int labelGap = 8;
constexpr int chevronSize = 12;

QColor labelInk(const QStyleOption* option, const QWidget* widget)
{
    const Theme& theme = themeOf(option->palette);
    if (!(option->state & QStyle::State_Enabled))
        return theme.disabled;
    switch (lookOf(widget)) {
    case Look::Primary: return theme.textOnAccent;
    case Look::Link: return theme.accent;
    case Look::Flat:
    case Look::Plain: break;
    }
    return option->palette.color(QPalette::ButtonText);
}

/// Our icons are of one ink; on a filled button they take that of the words.
QPixmap inked(QPixmap pixmap, const QColor& ink)
{
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect(QPoint(), pixmap.size()), ink);
    return pixmap;
}

void drawLabel(const Label& label, const QStyleOption* option, QPainter* painter, const QWidget* widget)
{
    const bool enabled = option->state & QStyle::State_Enabled;
    const QColor ink = labelInk(option, widget);
    const int textWidth = painter->fontMetrics().size(Qt::TextShowMnemonic, label.text).width();
    const int iconWidth = label.icon.isNull() ? 0 : label.iconSize.width();
    const int gap = iconWidth > 0 && !label.text.isEmpty() ? labelGap : 0;
    const int chevron = label.hasMenu ? scaled(chevronSize) + labelGap : 0;
    int x = option->rect.left() + std::max(4, (option->rect.width() - iconWidth - gap - textWidth - chevron) / 2);
    if (iconWidth > 0) {
        QPixmap pixmap =
            label.icon.pixmap(label.iconSize, painter->device()->devicePixelRatioF(), enabled ? QIcon::Normal : QIcon::Disabled);
        if (lookOf(widget) == Look::Primary || lookOf(widget) == Look::Link)
            pixmap = inked(pixmap, ink);
        painter->drawPixmap(QPoint(x, option->rect.top() + (option->rect.height() - label.iconSize.height()) / 2), pixmap);
        x += iconWidth + gap;
    }
    painter->setPen(ink);
    painter->drawText(QRect(x, option->rect.top(), textWidth + 2, option->rect.height()),
                      Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, label.text);
    if (label.hasMenu) {
        const int side = scaled(chevronSize);
        paintIcon(painter, QRect(x + textWidth + labelGap, option->rect.top() + (option->rect.height() - side) / 2, side, side),
                  u"go-down"_s, ink);
    }
}

void drawField(const QStyleOption* option, QPainter* painter)
{
    const Theme& theme = themeOf(option->palette);
    const bool focused = option->state & QStyle::State_HasFocus;
    const bool enabled = option->state & QStyle::State_Enabled;
    drawBox(painter, option->rect, enabled ? theme.base : theme.window,
            focused   ? theme.accent
            : enabled ? theme.outline
                      : theme.border,
            3, focused ? 2 : 1);
}

void drawCheck(const QStyleOption* option, QPainter* painter, bool round)
{
    const Theme& theme = themeOf(option->palette);
    const bool on = option->state & QStyle::State_On;
    const bool partly = option->state & QStyle::State_NoChange;
    const bool enabled = option->state & QStyle::State_Enabled;
    const QRect rect = option->rect;
    const qreal radius = round ? rect.width() / 2.0 : 2;
    drawBox(painter, rect, on || partly ? (enabled ? theme.accent : theme.disabled) : theme.base,
            on || partly ? QColor()
            : enabled    ? theme.outline
                         : theme.border,
            radius);
    if (on && !round)
        paintIcon(painter, rect.adjusted(1, 1, -1, -1), u"check"_s, theme.textOnAccent);
    if (on && round)
        drawBox(painter, rect.adjusted(4, 4, -4, -4), theme.textOnAccent, {}, radius);
    if (partly)
        painter->fillRect(QRect(rect.left() + 3, rect.center().y(), rect.width() - 6, 2), theme.textOnAccent);
    if (option->state & QStyle::State_HasFocus)
        drawBox(painter, rect.adjusted(-2, -2, 2, 2), Qt::NoBrush, theme.accent, radius + 2, 2);
}

void drawTab(const QStyleOptionTab* tab, QPainter* painter)
{
    const Theme& theme = themeOf(tab->palette);
    const bool selected = tab->state & QStyle::State_Selected;
    if (!selected && (tab->state & QStyle::State_MouseOver))
        painter->fillRect(tab->rect.adjusted(0, 0, 0, -1), theme.inactiveHighlight);
    if (selected)
        painter->fillRect(QRect(tab->rect.left() + 4, tab->rect.bottom() - 1, tab->rect.width() - 8, 2), theme.accent);
}

void drawTabLabel(const QStyleOptionTab* tab, QPainter* painter)
{
    const Theme& theme = themeOf(tab->palette);
    const bool selected = tab->state & QStyle::State_Selected;
    painter->save();
    painter->setFont(textFont(selected ? TextRole::Emphasis : TextRole::Body));
    painter->setPen(!(tab->state & QStyle::State_Enabled) ? theme.disabled : selected ? theme.text : theme.text2);
    // "Events\t6": the number after the tab is the count
    const qsizetype split = tab->text.indexOf(u'\t');
    const QString name = split < 0 ? tab->text : tab->text.left(split);
    const QString count = split < 0 ? QString() : tab->text.mid(split + 1);
    const int nameWidth = painter->fontMetrics().horizontalAdvance(name);
    const QFont small = textFont(TextRole::Tiny);
    const int countWidth = count.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(count) + 4;
    const int left = tab->rect.left() + (tab->rect.width() - nameWidth - countWidth) / 2;
    painter->drawText(QRect(left, tab->rect.top(), nameWidth + 2, tab->rect.height()), Qt::AlignVCenter | Qt::TextShowMnemonic, name);
    if (!count.isEmpty()) {
        painter->setFont(small);
        painter->setPen(theme.text3);
        painter->drawText(QRect(left + nameWidth + 4, tab->rect.top(), countWidth, tab->rect.height()), Qt::AlignVCenter, count);
    }
    painter->restore();
    if ((tab->state & QStyle::State_HasFocus) && selected)
        drawFocusRing(painter, tab->rect.adjusted(2, 3, -2, -4), theme);
}

void drawHeaderSection(const QStyleOption* option, QPainter* painter)
{
    const Theme& theme = themeOf(option->palette);
    painter->fillRect(option->rect, theme.window);
    painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme.border);
}

void drawScrollBar(const QStyleOptionSlider* bar, QPainter* painter, const QStyle* style, const QWidget* widget)
{
    const Theme& theme = themeOf(bar->palette);
    painter->fillRect(bar->rect, theme.base);
    const QRect handle = style->subControlRect(QStyle::CC_ScrollBar, bar, QStyle::SC_ScrollBarSlider, widget);
    const bool active = bar->state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    if (bar->minimum != bar->maximum)
        drawBox(painter, handle.adjusted(2, 2, -2, -2), active ? theme.text3 : theme.outline, {}, 3);
}

}

void setPrimaryLook(QAbstractButton* button)
{
    setLook(button, Look::Primary);
}

void setFlatLook(QAbstractButton* button)
{
    setLook(button, Look::Flat);
}

void setLinkLook(QAbstractButton* button)
{
    setLook(button, Look::Link);
    button->setCursor(Qt::PointingHandCursor);
}

Style::Style() : QProxyStyle(u"fusion"_s) {}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool: drawButton(option, painter, widget); return;
    case PE_IndicatorArrowDown:
        if (qobject_cast<const QToolButton*>(widget) || qobject_cast<const QPushButton*>(widget))
            return;    // the label draws its chevron
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    case PE_FrameDefaultButton:
    case PE_FrameFocusRect:
        // buttons, fields and tabs draw their own ring with their panel; rows draw a frame
        return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth > 0)
            drawField(option, painter);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawCheck(option, painter, false); return;
    case PE_IndicatorRadioButton: drawCheck(option, painter, true); return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), themeOf(option->palette).border);
        return;
    case PE_Frame:
    case PE_FrameGroupBox: drawBox(painter, option->rect, Qt::NoBrush, themeOf(option->palette).border, 3); return;
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            drawTab(tab, painter);
        return;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            drawTabLabel(tab, painter);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: drawHeaderSection(option, painter); return;
    case CE_Splitter: {
        const bool upright = option->state & State_Horizontal;
        const QRect rect = option->rect;
        const QRect line =
            upright ? QRect(rect.center().x(), rect.top(), 1, rect.height()) : QRect(rect.left(), rect.center().y(), rect.width(), 1);
        painter->fillRect(line, themeOf(option->palette).border);
        return;
    }
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            drawLabel({button->icon, button->text, button->iconSize, bool(button->features & QStyleOptionButton::HasMenu)}, option, painter,
                      widget);
            return;
        }
        break;
    case CE_ToolButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon) {
            painter->setFont(button->font);
            drawLabel({button->icon, button->text, button->iconSize, bool(button->features & QStyleOptionToolButton::HasMenu)}, option,
                      painter, widget);
            return;
        }
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    default: QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar) {
        drawScrollBar(bar, painter, proxy(), widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_SplitterWidth: return 1;
    case PM_ScrollBarExtent: return scaled(12);
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize: return scaled(16);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return scaled(14);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_TabBarTabHSpace: return scaled(16);
    case PM_MenuButtonIndicator: return 0;
    case PM_TabBarTabVSpace: return scaled(14);
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap: return 0;
    case PM_MenuVMargin: return 4;
    case PM_MenuHMargin: return 0;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returned) const
{
    switch (hint) {
    case SH_UnderlineShortcut: return 1;
    case SH_TabBar_Alignment: return Qt::AlignLeft;
    case SH_Widget_Animation_Duration:
    case SH_Widget_Animate: return 0;
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_ToolTip_WakeUpDelay: return 500;
    case SH_DialogButtonLayout: return 0;
    case SH_ItemView_ActivateItemOnSingleClick: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents, const QWidget* widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
    case CT_PushButton:
        size.setHeight(std::max(scaled(28), contents.height() + 6));
        size.rwidth() += labelGap;
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox: size.setHeight(std::max(scaled(28), size.height())); break;
    case CT_ToolButton:
        size.setHeight(std::max(scaled(24), size.height()));
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon) {
            const bool hasMenu = button->features & QStyleOptionToolButton::HasMenu;
            size.rwidth() += labelGap + (hasMenu ? scaled(chevronSize) + labelGap : 0);
        }
        break;
    case CT_TabBarTab: size.setHeight(scaled(32)); break;
    case CT_MenuBarItem: size.setHeight(scaled(28)); break;
    case CT_HeaderSection: size.setHeight(scaled(28)); break;
    default: break;
    }
    return size;
}

}
