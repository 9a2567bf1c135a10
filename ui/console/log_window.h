// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QTimer>

namespace ui {

class LogBuffer;
class LogView;

/// This program's own log, newest last, following while it is open. Secrets are masked before they come here.
class LogWindow final : public QDialog {
    Q_OBJECT

public:
    /// One at a time; a second call brings it forward.
    static void open(LogBuffer& log, QWidget* parent);

private:
    LogWindow(LogBuffer& log, QWidget* parent);
    void refresh();
    void save();

    LogBuffer& m_log;
    LogView* m_view;
    QTimer m_timer;    // the log is written by any thread; it is looked at twice a second while it is seen
    qint64 m_last = -1;
};

}
