// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/command_box.h"

#include "ui/base/format.h"
#include "ui/inspector/command_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>

namespace ui {

namespace {

/// As long as it is: a command is shown whole. Marks that turn the direction of text become visible signs.
QString shownLine(const QString& line)
{
    QString shown;
    for (qsizetype at = 0; at < line.size(); at += 400)
        shown += plainLine(line.mid(at, 400));
    return shown;
}

}

CommandBox::CommandBox(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Command"));
    setFocusPolicy(Qt::StrongFocus);
    setLayoutDirection(Qt::LeftToRight);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CommandBox::setArguments(const QStringList& arguments)
{
    if (m_arguments == arguments)
        return;
    m_arguments = arguments;
    setAccessibleDescription(line());
    updateGeometry();
    update();
}

QString CommandBox::line() const
{
    return shellLine(m_arguments);
}

void CommandBox::copy() const
{
    QGuiApplication::clipboard()->setText(line());
}

QStringList CommandBox::linesFor(int width) const
{
    const double advance = QFontMetricsF(textFont(TextRole::Mono)).horizontalAdvance(u'0');    // not rounded: it adds up over a line
    const int columns = std::max(20, static_cast<int>((width - 2 * scaled(12)) / std::max(1.0, advance)));
    QStringList lines;
    const QStringList wrapped = wrappedCommand(m_arguments, columns).split(u'\n');
    for (const QString& whole : wrapped) {
        const QString shown = shownLine(whole);
        for (qsizetype at = 0; at < std::max<qsizetype>(shown.size(), 1); at += columns)
            lines << shown.mid(at, columns);
    }
    return lines;
}

int CommandBox::heightForWidth(int width) const
{
    return static_cast<int>(linesFor(width).size()) * scaled(17) + 2 * scaled(8);
}

QSize CommandBox::sizeHint() const
{
    return {scaled(400), heightForWidth(width() > 0 ? width() : scaled(400))};
}

QSize CommandBox::minimumSizeHint() const
{
    return {scaled(160), scaled(33)};
}

void CommandBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme.alternateBase);
    painter.setPen(hasFocus() ? QPen(theme.accent, 2) : QPen(theme.border, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(textFont(TextRole::Mono));
    painter.setPen(theme.text);
    int y = scaled(8);
    const QStringList lines = linesFor(width());
    for (const QString& each : lines) {
        painter.drawText(QRect(scaled(12), y, width() - scaled(24), scaled(17)), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         each);
        y += scaled(17);
    }
}

void CommandBox::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        return copy();
    QWidget::keyPressEvent(event);
}

}
