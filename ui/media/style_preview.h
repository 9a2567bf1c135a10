// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/captions/models.h"

#include <QWidget>

namespace ui {

/// A caption in its style on a dark and a light ground, as it stands in a picture of 16:9. Colours are the style's: they are what is shown.
class StylePreview final : public QWidget {
    Q_OBJECT

public:
    explicit StylePreview(QWidget* parent = nullptr);
    void setStyleAndText(const core::captions::CaptionStyle& style, const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return width * 9 / 16; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    core::captions::CaptionStyle m_style;
    QString m_text;
};

}
