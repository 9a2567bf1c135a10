// SPDX-License-Identifier: Apache-2.0
#include "ui/media/style_preview.h"

#include "ui/base/format.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double shorterSide = 1080;    // what a style's pixels are measured on
constexpr qsizetype longestLine = 60;

}

StylePreview::StylePreview(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void StylePreview::setStyleAndText(const core::captions::CaptionStyle& style, const QString& text)
{
    m_style = style;
    m_text = text;
    setAccessibleName(tr("The caption \"%1\" in %2, %3 pixels").arg(plainLine(text), plainLine(style.font)).arg(style.fontSize));
    update();
}

QSize StylePreview::sizeHint() const
{
    return {scaled(320), scaled(180)};
}

void StylePreview::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    // the darkest and the lightest ground of this theme's two tables: captions have to be read on both
    painter.fillRect(QRect(0, 0, width() / 2, height()), darkTheme().border);
    painter.fillRect(QRect(width() / 2, 0, width() - width() / 2, height()), lightTheme().border);
    const double scale = std::min(width() / 16.0 * 9, double(height())) / shorterSide;
    QFont font(m_style.font.left(128));
    font.setPixelSize(std::clamp(int(m_style.fontSize * scale), 1, 2000));
    font.setBold(m_style.bold);
    font.setItalic(m_style.italic);
    // the renderers take the size for the height of a line, Qt for that of the letters' square
    font.setPixelSize(std::max(1, qRound(font.pixelSize() * m_style.fontSize * scale / std::max(1.0, QFontMetricsF(font).height()))));
    const QFontMetricsF metrics(font);
    QStringList lines = m_text.split(u'\n').mid(0, 3);
    const double block = metrics.lineSpacing() * double(lines.size());
    const double margin = std::clamp(m_style.marginPx * scale, 0.0, height() / 2.0);
    double top = height() - margin - block;
    switch (m_style.position) {
    case core::captions::CaptionPosition::Bottom: break;
    case core::captions::CaptionPosition::Middle: top = (height() - block) / 2; break;
    case core::captions::CaptionPosition::Top: top = margin; break;
    }
    QPainterPath letters;
    for (const QString& line : lines) {
        const QString shown = metrics.elidedText(plainLine(line.left(longestLine)), Qt::ElideRight, std::max(10.0, width() - 2 * margin));
        letters.addText((width() - metrics.horizontalAdvance(shown)) / 2, top + metrics.ascent(), font, shown);
        top += metrics.lineSpacing();
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_style.outline > 0)
        painter.strokePath(letters, QPen(QColor(m_style.outlineColor), std::min(100.0, m_style.outline * scale * 2), Qt::SolidLine,
                                         Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(letters, QColor(m_style.primaryColor));
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(theme.border);
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

}
