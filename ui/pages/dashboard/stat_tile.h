// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace ui {

/// One number with its name above and what it means below. Read as one sentence.
class StatTile final : public QWidget {
    Q_OBJECT

public:
    enum class Trend { None, Better, Worse, HigherNeutral };

    explicit StatTile(const QString& name, QWidget* parent = nullptr);
    void showValue(const QString& value, const QString& below, Trend trend = Trend::None, bool wentUp = false, const QString& hover = {});
    [[nodiscard]] QString value() const { return m_value; }
    [[nodiscard]] QString below() const { return m_below; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name;
    QString m_value;
    QString m_below;
    Trend m_trend = Trend::None;
    bool m_wentUp = false;
};

}
