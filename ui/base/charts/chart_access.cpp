// SPDX-License-Identifier: Apache-2.0
#include "ui/base/charts/chart_access.h"

#include "ui/base/charts/bucket_chart.h"

#include <QAccessibleWidget>

#include <mutex>

namespace ui {

namespace {

class ChartAccess final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit ChartAccess(BucketChart* chart) : QAccessibleWidget(chart, QAccessible::Chart) {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Description)
            return chart()->summary();
        if (kind == QAccessible::Value)
            return chart()->cursor() < 0 ? QString() : chart()->valueText(chart()->cursor());
        return QAccessibleWidget::text(kind);
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] QVariant currentValue() const override { return chart()->cursor(); }
    void setCurrentValue(const QVariant& value) override { chart()->setCursorAt(value.toInt()); }
    [[nodiscard]] QVariant maximumValue() const override { return chart()->statistics().buckets.size() - 1; }
    [[nodiscard]] QVariant minimumValue() const override { return 0; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1; }

private:
    [[nodiscard]] BucketChart* chart() const { return static_cast<BucketChart*>(object()); }
};

QAccessibleInterface* accessOf(const QString&, QObject* object)
{
    auto* chart = qobject_cast<BucketChart*>(object);
    return chart ? new ChartAccess(chart) : nullptr;
}

}

void installChartAccess()
{
    static std::once_flag once;
    std::call_once(once, [] { QAccessible::installFactory(accessOf); });
}

}
