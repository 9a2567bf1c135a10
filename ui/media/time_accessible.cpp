// SPDX-License-Identifier: Apache-2.0
#include "ui/media/time_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QVariant>
#include <QWidget>

namespace ui {

namespace {

class TimeAccessible final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    TimeAccessible(QWidget* widget, TimeStrip& strip) : QAccessibleWidget(widget, QAccessible::Slider), m_strip(strip) {}

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] QString text(QAccessible::Text which) const override
    {
        return which == QAccessible::Value ? m_strip.placeText() : QAccessibleWidget::text(which);
    }
    [[nodiscard]] QVariant currentValue() const override { return m_strip.placeMs(); }
    void setCurrentValue(const QVariant& value) override { m_strip.moveTo(value.toLongLong()); }
    [[nodiscard]] QVariant minimumValue() const override { return 0; }
    [[nodiscard]] QVariant maximumValue() const override { return m_strip.lengthMs(); }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1; }

private:
    TimeStrip& m_strip;
};

QAccessibleInterface* timeInterface(const QString&, QObject* object)
{
    auto* widget = qobject_cast<QWidget*>(object);
    auto* strip = dynamic_cast<TimeStrip*>(widget);
    return strip ? new TimeAccessible(widget, *strip) : nullptr;
}

}

void installTimeAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(timeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

void notePlaceChanged(QWidget* strip)
{
    const auto* place = dynamic_cast<TimeStrip*>(strip);
    if (!place || !QAccessible::isActive())
        return;
    QAccessibleValueChangeEvent event(strip, place->placeText());
    QAccessible::updateAccessibility(&event);
}

}
