// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace ui {

/// A job's state as icon and word.
class StateMark final : public QWidget {
    Q_OBJECT

public:
    StateMark(const core::jobs::JobSummary& job, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    JobState m_state;
    QString m_word;
};

}
