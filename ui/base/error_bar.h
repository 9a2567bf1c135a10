// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// The error of one view, in its place: what did not happen, why, what is intact, acts, and the code in mono. Hidden without an error;
/// the view below keeps what it shows.
class ErrorBar final : public QWidget {
    Q_OBJECT

public:
    explicit ErrorBar(QWidget* parent = nullptr);

    /// `what`: the sentence of what failed ("The jobs could not be read."). `intact`: what still stands; may be empty.
    void showError(const QString& what, const core::Error& error, const QString& intact = {});
    void clear();
    /// Retry is offered unless told otherwise.
    void setRetryOffered(bool offered);
    [[nodiscard]] const core::Error& error() const { return m_error; }
    /// All of it as text: sentences, kind, code, field, detail.
    [[nodiscard]] QString text() const;

signals:
    void retryAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyColors();
    void showDetails(bool shown);

    core::Error m_error;
    QLabel* m_icon;
    QLabel* m_what;
    QLabel* m_why;
    QLabel* m_code;
    QLabel* m_details;
    QPushButton* m_retry;
    QPushButton* m_toggle;
    QPushButton* m_copy;
};

}
