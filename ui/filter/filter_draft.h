// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

namespace ui {

/// The term being typed, in mono, behind the chips; shows where it is wrong.
class FilterDraft final : public QLineEdit {
    Q_OBJECT

public:
    explicit FilterDraft(QWidget* parent = nullptr);

    /// Underlines `length` letters from `offset`; at the end of the text there is still a mark to see. -1: nothing is wrong.
    void setWrong(qsizetype offset, qsizetype length);
    [[nodiscard]] bool isWrong() const { return m_wrongOffset >= 0; }
    [[nodiscard]] qsizetype wrongOffset() const { return m_wrongOffset; }

signals:
    /// Left, or Backspace, where nothing stands before the cursor.
    void leftAsked();
    void reopenAsked();
    /// Text from the clipboard or a drop, in one line.
    void pasted(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void take(const QString& text);

    qsizetype m_wrongOffset = -1;
    qsizetype m_wrongLength = 0;
};

}
