// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace ui {

/// Asked when the program should end while its workers run jobs.
class QuitDialog final : public QDialog {
    Q_OBJECT

public:
    explicit QuitDialog(qint64 running, QWidget* parent = nullptr);

signals:
    void finishAsked();      ///< windows close, the program ends when the jobs have
    void handBackAsked();    ///< they are stopped and begin again at the next start
};

}
