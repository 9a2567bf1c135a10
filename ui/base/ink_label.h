// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/metrics.h"

#include <QLabel>

namespace ui {

/// Plain text in one of the theme's inks and type sizes; follows a change of theme or text size by itself.
class InkLabel : public QLabel {
    Q_OBJECT

public:
    enum class Ink { Text, Text2, Text3, Warning, Failed };

    explicit InkLabel(TextRole role = TextRole::Body, Ink ink = Ink::Text, QWidget* parent = nullptr);
    InkLabel(const QString& text, TextRole role, Ink ink, QWidget* parent = nullptr);
    void setInk(Ink ink);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyLook();
    TextRole m_role;
    Ink m_ink;
};

}
