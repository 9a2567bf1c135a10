// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <functional>

class QToolButton;

namespace ui {

/// A title that opens what lies below it. The content is made when it is first opened.
class Disclosure final : public QWidget {
    Q_OBJECT

public:
    using Content = std::function<QWidget*(QWidget* parent)>;
    Disclosure(const QString& title, Content content, QWidget* parent);
    [[nodiscard]] bool isOpen() const;
    void setOpen(bool open);

private:
    void follow();
    QToolButton* m_title;
    Content m_content;
    QWidget* m_body = nullptr;
};

}
