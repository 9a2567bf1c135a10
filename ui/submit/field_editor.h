// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"
#include "ui/submit/input_fields.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace ui {

class ExactTextEdit;
class InkLabel;

/// One field of the form: its editor with unit and act, and below it the schema's help or, once the person has been there, what is wrong.
class FieldEditor final : public QWidget {
    Q_OBJECT

public:
    explicit FieldEditor(const InputField& field, QWidget* parent = nullptr);

    [[nodiscard]] const InputField& field() const { return m_field; }
    /// What the document says; none: the key is not there. Leaves text alone that means the same.
    void showValue(const std::optional<core::JsonValue>& value);
    /// Empty: none. `isSure`: it is shown even where the person has not been.
    void setProblem(const QString& problem, bool isSure = false);
    /// While its value comes from elsewhere (a file that is copied, many files): the words in its place.
    void setInstead(const QString& words);
    [[nodiscard]] QWidget* input() const;

signals:
    /// Empty: the key goes.
    void edited(const QByteArray& json);
    /// "Choose file…" of a storage key.
    void fileAsked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeLine();
    void makeChoice();
    void makeText();
    void noteTyped(const QString& text);
    void showNote();

    InputField m_field;
    QLineEdit* m_line = nullptr;
    QComboBox* m_choice = nullptr;
    ExactTextEdit* m_text = nullptr;
    QPushButton* m_file = nullptr;
    InkLabel* m_note;
    QString m_problem;
    bool m_isSure = false;
    bool m_isTouched = false;
};

}
