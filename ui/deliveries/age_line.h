// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <chrono>

namespace ui {

/// How old a signature's stamp was when it came, against what is allowed both ways: a line with the allowed part filled and a mark.
class AgeLine final : public QWidget {
    Q_OBJECT

public:
    explicit AgeLine(std::chrono::seconds allowed, QWidget* parent = nullptr);
    /// Received minus stamped; negative: stamped in the future.
    void setAge(std::chrono::seconds age);
    /// "Stamped 12 min before it came; 300 s are allowed."
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] bool isAllowed() const { return std::chrono::abs(m_age) <= m_allowed; }

    std::chrono::seconds m_allowed;
    std::chrono::seconds m_age{0};
};

}
