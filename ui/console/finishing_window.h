// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace ui {

struct StillRunning;

/// What is left of the program to see while the last jobs and tasks end: that it still runs, and a way to hurry. Closed, it only becomes
/// small.
class FinishingWindow final : public QDialog {
    Q_OBJECT

public:
    explicit FinishingWindow(const StillRunning& running);

    void reject() override { showMinimized(); }

signals:
    void handBackAsked();    ///< jobs are stopped and begin again at the next start, tasks end after their step
};

}
