// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

namespace ui {

/// A command, complete, in mono, broken at its arguments; never cut. ctrl+C copies it as one line that a shell runs.
class CommandBox final : public QWidget {
    Q_OBJECT

public:
    explicit CommandBox(QWidget* parent = nullptr);
    void setArguments(const QStringList& arguments);
    /// One runnable line.
    [[nodiscard]] QString line() const;
    void copy() const;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// As it is shown at this width: also single arguments that are too long are broken.
    [[nodiscard]] QStringList linesFor(int width) const;
    QStringList m_arguments;
};

}
