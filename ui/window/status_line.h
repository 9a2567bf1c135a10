// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QWidget>

class QLabel;

namespace ui {

class StoreSession;
class Preferences;
class TaskArea;

/// The window's last line: which store, whether it answers, its workers and queue, how times are read, and background tasks.
class StatusLine final : public QWidget {
    Q_OBJECT

public:
    StatusLine(StoreSession& session, Preferences& preferences, QWidget* parent = nullptr);
    void showQueue(const core::backend::QueueState& queue);
    [[nodiscard]] TaskArea& tasks() { return *m_tasks; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    StoreSession& m_session;
    Preferences& m_preferences;
    QLabel* m_swatch;
    QLabel* m_kind;
    QLabel* m_plug;
    QLabel* m_connected;
    QLabel* m_readOnly;
    QLabel* m_workers;
    QLabel* m_queue;
    QLabel* m_times;
    TaskArea* m_tasks;
};

}
