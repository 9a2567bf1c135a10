// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"

#include <QWidget>

#include <optional>

class QPushButton;

namespace ui {

class InkLabel;

/// What went wrong with a job: the sentence of what failed, its cause and what is intact, acts, the code in mono.
class ErrorBox final : public QWidget {
    Q_OBJECT

public:
    explicit ErrorBox(QWidget* parent = nullptr);
    /// `same`: how many jobs failed like this; none while that is not known.
    void showError(const core::jobs::JobSummary& job, const std::optional<qint64>& same);
    /// All of it, for the clipboard.
    [[nodiscard]] QString text() const;

signals:
    void sameErrorsAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    core::jobs::JobSummary m_job;
    InkLabel* m_what;
    InkLabel* m_cause;
    InkLabel* m_code;
    QPushButton* m_same;
    QPushButton* m_copy;
};

}
