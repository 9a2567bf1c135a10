// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

namespace ui {

class FieldEditor;
class InputDocument;

/// The fields of the document's type, one below the other, in the groups of the schema. Follows the document and edits it.
class InputForm final : public QScrollArea {
    Q_OBJECT

public:
    explicit InputForm(InputDocument& document, QWidget* parent = nullptr);
    [[nodiscard]] FieldEditor* editor(const QString& pointer) const;
    /// The store's own word on a field; forgotten with the next change. False if the form has no such field.
    bool showRefusal(const QString& pointer, const QString& message);
    /// The first field that has a problem, or the first of all.
    void focusFirst();

signals:
    void fileAsked();

private:
    void build();
    void follow();
    InputDocument& m_document;
    int m_builtFor = -1;
    QList<FieldEditor*> m_editors;
};

}
