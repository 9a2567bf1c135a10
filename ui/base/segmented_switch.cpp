// SPDX-License-Identifier: Apache-2.0
#include "ui/base/segmented_switch.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QSignalBlocker>

namespace ui {

namespace {

class Segment final : public QAbstractButton {
public:
    Segment(const QString& title, QWidget* parent) : QAbstractButton(parent)
    {
        setText(title);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        setAccessibleName(title);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        return {QFontMetrics(textFont(TextRole::Emphasis)).horizontalAdvance(text()) + scaled(24), scaled(24)};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Theme& theme = themeOf(palette());
        painter.setRenderHint(QPainter::Antialiasing);
        // one outline around all: each draws it wide enough to run out of its own sides where another follows
        const auto* row = parentWidget();
        const QRectF whole = QRectF(row->rect()).translated(-pos()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(QPen(theme.outline, 1));
        painter.setBrush(isChecked() ? theme.highlight : underMouse() ? theme.inactiveHighlight : theme.button);
        painter.drawRoundedRect(whole, 3, 3);
        if (x() > 0)
            painter.fillRect(QRect(0, 1, 1, height() - 2), theme.outline);
        painter.setFont(textFont(isChecked() ? TextRole::Emphasis : TextRole::Body));
        painter.setPen(isChecked() ? theme.highlightedText : theme.text2);
        painter.drawText(rect(), Qt::AlignCenter, text());
        if (hasFocus()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(theme.accent, 2));
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
        }
    }
};

}

SegmentedSwitch::SegmentedSwitch(const QString& name, const QStringList& titles, QWidget* parent)
    : QWidget(parent), m_group(new QButtonGroup(this))
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (const QString& title : titles) {
        auto* segment = new Segment(title, this);
        m_group->addButton(segment, static_cast<int>(m_group->buttons().size()));
        row->addWidget(segment);
    }
    m_group->button(0)->setChecked(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int segment, bool on) {
        if (on)
            emit chosen(segment);
    });
}

int SegmentedSwitch::current() const
{
    return m_group->checkedId();
}

void SegmentedSwitch::setCurrent(int segment)
{
    const QSignalBlocker quiet(m_group);
    m_group->button(segment)->setChecked(true);
}

}
