// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/submit/input_document.h"

#include <QWidget>

namespace ui {

class InputForm;
class RawEditor;

/// Form and raw JSON of one input side by side.
class InputEditor final : public QWidget {
    Q_OBJECT

public:
    InputEditor(core::JobType type, const QByteArray& bytes, QWidget* parent = nullptr);
    [[nodiscard]] InputDocument& document() const { return *m_document; }
    [[nodiscard]] InputForm& form() const { return *m_form; }
    [[nodiscard]] RawEditor& raw() const { return *m_raw; }
    /// The first thing that stands against it, as the sentence beside the act; empty if nothing does. `filledLater`: a field that
    /// the act itself fills.
    [[nodiscard]] QString whatIsMissing(const QString& filledLater = {}) const;

private:
    InputDocument* m_document;
    InputForm* m_form;
    RawEditor* m_raw;
};

}
