// SPDX-License-Identifier: Apache-2.0
#include "ui/media/big_frame.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

PictureBox::PictureBox(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PictureBox::setImage(const QImage& image)
{
    m_image = image;
    m_words.clear();
    update();
}

void PictureBox::setWords(const QString& words, bool isError)
{
    m_image = {};
    m_words = words;
    m_isError = isError;
    setAccessibleDescription(words);
    update();
}

QSize PictureBox::sizeHint() const
{
    return {scaled(480), scaled(270)};
}

void PictureBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.fillRect(rect(), theme.alternateBase);
    if (!m_image.isNull()) {
        const QSize natural = m_image.size() / m_image.devicePixelRatio();
        QSize shown = natural;
        if (m_enlarges || natural.width() > width() || natural.height() > height())
            shown = natural.scaled(size(), Qt::KeepAspectRatio);
        QRect place(QPoint(), shown);
        place.moveCenter(rect().center());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(place, m_image);
    } else if (!m_words.isEmpty()) {
        int top = height() / 2 - scaled(12);
        if (m_isError) {
            const int side = scaled(20);
            paintIcon(&painter, QRect(width() / 2 - side / 2, top - side, side, side), u"state-failed"_s, theme.failed.ink);
            top += scaled(4);
        }
        painter.setFont(textFont(m_isError ? TextRole::SmallEmphasis : TextRole::Small));
        painter.setPen(m_isError ? theme.failed.ink : theme.text2);
        painter.drawText(QRect(8, top, width() - 16, scaled(48)), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_words);
    }
    painter.setPen(theme.border);
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

}
