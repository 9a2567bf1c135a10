// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace ui {

/// A colour as #RRGGBB: written, or chosen behind the swatch. What is written may be no colour; color() is then what stands there.
class ColorField final : public QWidget {
    Q_OBJECT

public:
    /// `name`: what has the colour, "Letters".
    explicit ColorField(const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] QString color() const;
    void setColor(const QString& color);
    [[nodiscard]] QLineEdit* field() const { return m_field; }

signals:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void choose();
    void showSwatch();

    QString m_name;
    QLineEdit* m_field;
    QToolButton* m_swatch;
};

}
