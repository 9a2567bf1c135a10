// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace ui {

/// A key as it is printed on a keyboard, small, in a box.
class Keycap final : public QLabel {
    Q_OBJECT

public:
    explicit Keycap(const QString& key, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

}
