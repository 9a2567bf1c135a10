// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QPlainTextEdit;

namespace ui {

class InkLabel;
class InputDocument;

/// The document as text. What does not parse is marked at its place, and the line below says it.
class RawEditor final : public QWidget {
    Q_OBJECT

public:
    explicit RawEditor(InputDocument& document, QWidget* parent = nullptr);
    [[nodiscard]] QPlainTextEdit* text() const { return m_text; }

private:
    void follow();
    void showState();
    InputDocument& m_document;
    QPlainTextEdit* m_text;
    InkLabel* m_state;
};

}
