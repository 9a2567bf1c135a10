// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>

namespace ui {

/// Outside text in mono, to read and to copy; at most a megabyte of it, and it says so.
class TextPane final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit TextPane(const QString& name, QWidget* parent = nullptr);
    /// Replaces the text only if it differs, so that a refresh keeps selection and scroll.
    void showText(const QString& text);

private:
    QString m_text;
};

}
