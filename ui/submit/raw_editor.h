// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace ui {

class ExactTextEdit;
class InkLabel;
class InputDocument;

/// The document as text. What does not parse is marked at its place, and the line below says it.
class RawEditor final : public QWidget {
    Q_OBJECT

public:
    explicit RawEditor(InputDocument& document, QWidget* parent = nullptr);
    [[nodiscard]] ExactTextEdit* text() const { return m_text; }

private:
    void follow();
    void showState();
    InputDocument& m_document;
    ExactTextEdit* m_text;
    InkLabel* m_state;
};

}
