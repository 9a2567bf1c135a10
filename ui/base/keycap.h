// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace ui {

/// The name of a key in a box, 11 px: "F5", "Enter". Only tells; the act stands beside it.
class Keycap final : public QWidget {
    Q_OBJECT

public:
    explicit Keycap(QString key, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_key;
};

}
