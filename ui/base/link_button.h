// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/style.h"

#include <QPushButton>

namespace ui {

/// A button that reads as a link and is no wider than its words.
class LinkButton final : public QPushButton {
    Q_OBJECT

public:
    explicit LinkButton(const QString& text, QWidget* parent = nullptr) : QPushButton(text, parent)
    {
        setLinkLook(this);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const int icon = this->icon().isNull() ? 0 : iconSize().width() + 4;
        return {fontMetrics().horizontalAdvance(text()) + icon + 8, fontMetrics().height() + 8};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
};

}
