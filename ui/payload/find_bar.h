// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace ui {

class InkLabel;

/// The search line over a payload: text, how many hits, to the next and the one before. F3 and shift+F3 step, Esc clears.
class FindBar final : public QWidget {
    Q_OBJECT

public:
    /// `purpose` stands in the empty field and names it to a screen reader: "Find in the bytes".
    explicit FindBar(const QString& purpose, QWidget* parent = nullptr);
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool matchesCase() const;
    void clear();
    void takeFocus();
    /// `current` from 0, or -1; a `count` below zero: not known yet. `isCut`: there are more.
    void showCount(qsizetype current, qsizetype count, bool isCut = false);

signals:
    /// A moment after the last key.
    void searchAsked();
    /// 1 or -1.
    void stepAsked(int direction);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLineEdit* m_field;
    InkLabel* m_count;
    QToolButton* m_up;
    QToolButton* m_down;
    QToolButton* m_case;
    QTimer m_pause;
};

}
