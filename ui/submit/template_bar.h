// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/ui_context.h"
#include "ui/submit/submit_templates.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace ui {

/// The templates of the connection: choose one, save what is filled in under a name, delete the chosen one.
class TemplateBar final : public QWidget {
    Q_OBJECT

public:
    explicit TemplateBar(const UiContext& context, QWidget* parent = nullptr);
    /// After nameGiven(): the owner knows what is filled in.
    void save(const SubmitTemplate& filled);
    void forgetChoice();

signals:
    void chosen(const ui::SubmitTemplate& chosen);
    void nameGiven(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void list(const QString& current);
    void askName(bool asks);
    void giveName();

    UiContext m_context;
    QComboBox* m_choice;
    QPushButton* m_delete;
    QPushButton* m_save;
    QLineEdit* m_name;
};

}
