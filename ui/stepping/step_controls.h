// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>
#include <QWidget>

class QToolButton;

namespace ui {

class InkLabel;

/// First, back, play, forward, last: where a play stands among its steps. Position 0 is before the first. Playing goes a step every 600 ms
/// and stops at the end.
class StepControls final : public QWidget {
    Q_OBJECT

public:
    explicit StepControls(QWidget* parent = nullptr);
    /// Stops playing.
    void setSteps(int steps);
    void setPosition(int position);
    [[nodiscard]] int position() const { return m_position; }
    [[nodiscard]] int steps() const { return m_steps; }
    [[nodiscard]] bool isPlaying() const { return m_timer.isActive(); }
    /// Home, Left, Right, End and Space; false for any other key.
    bool takeKey(int key);

public slots:
    void goFirst();
    void goBack();
    void goForward();
    void goLast();
    void togglePlay();

signals:
    void positionAsked(int position);

private:
    QToolButton* addButton(const QString& icon, const QString& name, const QString& key, void (StepControls::*act)());
    void ask(int position);
    void refresh();

    int m_position = 0;
    int m_steps = 0;
    QTimer m_timer;
    QToolButton* m_first;
    QToolButton* m_back;
    QToolButton* m_play;
    QToolButton* m_forward;
    QToolButton* m_last;
    InkLabel* m_where;
};

}
