// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class Keycap;

/// "3 new, held back while you read or select", with Show and its key. 28 px under the words of the header.
class NewRowsBar final : public QWidget {
    Q_OBJECT

public:
    explicit NewRowsBar(QWidget* parent = nullptr);
    /// `more`: there are more than `count`.
    void setCount(int count, bool more);
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void showAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyColors();

    QLabel* m_icon;
    QLabel* m_count;
    QLabel* m_why;
    Keycap* m_key;
    QPushButton* m_show;
};

}
