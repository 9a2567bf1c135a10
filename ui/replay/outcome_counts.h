// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/webhooks/models.h"

#include <QMap>
#include <QWidget>

namespace ui {

/// "1,131 applied  41 duplicate ...": drawing, number and word of each outcome, all five, also those that are none.
class OutcomeCounts final : public QWidget {
    Q_OBJECT

public:
    explicit OutcomeCounts(QWidget* parent = nullptr);
    void setCounts(const QMap<core::webhooks::Outcome, qint64>& counts);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QMap<core::webhooks::Outcome, qint64> m_counts;
};

}
