// SPDX-License-Identifier: Apache-2.0
#include "ui/window/toast.h"

#include "ui/base/format.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QLabel>
#include <QPainter>
#include <QTimer>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// A light toast on a dark window, or the other way round, and an edge where both are alike.
class Toast final : public QLabel {
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QLabel::paintEvent(event);
        QPainter painter(this);
        painter.setPen(themeOf(parentWidget()->palette()).outline);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
};

}

void showToast(QWidget& window, const QString& text)
{
    const QString name = u"toast"_s;
    if (QWidget* former = window.findChild<QWidget*>(name, Qt::FindDirectChildrenOnly))
        former->deleteLater();
    auto* toast = new Toast(plainLine(text), &window);
    toast->setObjectName(name);
    toast->setTextFormat(Qt::PlainText);
    toast->setWordWrap(true);
    toast->setAttribute(Qt::WA_TransparentForMouseEvents);
    toast->setAutoFillBackground(true);
    toast->setContentsMargins(12, 8, 12, 8);
    const Theme& theme = themeOf(window.palette());
    QPalette palette = window.palette();
    palette.setColor(QPalette::Window, theme.toolTip);
    palette.setColor(QPalette::WindowText, theme.toolTipText);
    toast->setPalette(palette);
    toast->setFixedWidth(std::min(scaled(420), toast->sizeHint().width() + 24));
    toast->adjustSize();
    toast->move(window.width() - toast->width() - 16, window.height() - toast->height() - scaled(28) - 12);
    toast->show();
    toast->raise();
    QAccessibleEvent event(toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    QTimer::singleShot(std::chrono::seconds(6), toast, &QObject::deleteLater);
}

}
