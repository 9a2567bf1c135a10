// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

class QAbstractButton;
class QWidget;

namespace ui {

/// How a widget asks the style for a look that Qt has no option for: a dynamic property of this name.
inline constexpr char lookProperty[] = "signalboxLook";
/// Values of lookProperty: a filled button in the accent (one in a dialog); a flat icon button; a link-like button.
void setPrimaryLook(QAbstractButton* button);
void setFlatLook(QAbstractButton* button);
void setLinkLook(QAbstractButton* button);

/// Fusion, with our focus ring, tab underline, flat buttons, fields, check boxes, splitter handles and scroll bars (look.md
/// section 2). Takes every colour from the palette and its theme.
class Style final : public QProxyStyle {
    Q_OBJECT

public:
    Style();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                                QStyleHintReturn* returned) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                         const QWidget* widget) const override;
};

}
