// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QStringList>

namespace ui {

/// What would end with the program, or with the last window of a connection.
struct StillRunning {
    qint64 jobs = 0;      ///< that this program's own workers run
    QStringList tasks;    ///< titles of background tasks
    [[nodiscard]] bool isNothing() const { return jobs == 0 && tasks.isEmpty(); }
};

/// "1 job runs in this program. 2 background tasks are under way: Cancel 1,131 jobs, Export to a.csv."
[[nodiscard]] QString stillRunningText(const StillRunning& running);

/// Asked when the program should end, or the last window of a connection close, while something runs.
class QuitDialog final : public QDialog {
    Q_OBJECT

public:
    enum class Leaving { Program, Window };
    QuitDialog(const StillRunning& running, Leaving leaving, QWidget* parent = nullptr);

signals:
    void finishAsked();      ///< windows close, the program ends when the jobs have, and the tasks
    void handBackAsked();    ///< jobs are stopped and begin again at the next start; tasks end after the step under way
};

}
