// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/background_tasks.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace ui {

/// The newest background task with its bar and Abort, or what leads to its result; a list of all of the connection on click.
class TaskArea final : public QWidget {
    Q_OBJECT

public:
    /// With a list of its own, until it is to show a connection's.
    explicit TaskArea(QWidget* parent = nullptr);
    ~TaskArea() override;
    void follow(BackgroundTasks& tasks);
    /// Where a result is shown that a person asks for here.
    void setContext(const UiContext& context, QWidget* window);
    /// Takes the task over, for the connection.
    void add(BackgroundTask* task);
    [[nodiscard]] bool hasRunning() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void fillMenu();
    void showResult(const BackgroundTask& task);
    [[nodiscard]] BackgroundTask* newest() const;

    QPointer<BackgroundTasks> m_tasks;    // goes with the connection
    std::unique_ptr<UiContext> m_context;
    QWidget* m_window = nullptr;
    QLabel* m_text;
    QWidget* m_bar;
    QPushButton* m_abort;
    QPushButton* m_result;
    QToolButton* m_list;
    QMenu* m_menu;
};

}
