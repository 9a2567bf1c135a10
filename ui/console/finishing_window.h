// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace ui {

/// What is left of the program to see while the last jobs end: that it still runs, and a way to hurry. Closed, it only becomes small.
class FinishingWindow final : public QDialog {
    Q_OBJECT

public:
    explicit FinishingWindow(qint64 running);

    void reject() override { showMinimized(); }

signals:
    void handBackAsked();    ///< the jobs are stopped and begin again at the next start
};

}
