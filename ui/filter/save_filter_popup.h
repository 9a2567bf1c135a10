// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/ui_context.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

/// Asks for the name under which a filter is kept. Enter saves, Esc closes.
class SaveFilterPopup final : public QFrame {
    Q_OBJECT

public:
    SaveFilterPopup(const UiContext& context, const QString& filter, QWidget* parent);

signals:
    void saved();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void noteName();
    void save();
    [[nodiscard]] QString name() const;

    UiContext m_context;
    QString m_filter;
    QLineEdit* m_name;
    QLabel* m_note;
    QPushButton* m_save;
};

}
