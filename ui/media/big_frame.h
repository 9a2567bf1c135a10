// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QWidget>

namespace ui {

/// One picture as large as its place, never larger than it is; words instead when there is none. Its place is given by who shows it.
class PictureBox final : public QWidget {
    Q_OBJECT

public:
    explicit PictureBox(QWidget* parent = nullptr);
    void setImage(const QImage& image);
    void setWords(const QString& words, bool isError);
    [[nodiscard]] const QImage& image() const { return m_image; }
    [[nodiscard]] QString words() const { return m_words; }
    void setEnlarges(bool enlarges) { m_enlarges = enlarges; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return width * 9 / 16; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_image;
    QString m_words;
    bool m_isError = false;
    bool m_enlarges = false;
};

}
