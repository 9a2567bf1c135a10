// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/schemas.h"

#include <QWidget>

#include <functional>

class QGridLayout;
class QVBoxLayout;

namespace ui {

/// What stands beside a field's label.
struct FieldValue {
    QString text{};
    bool isDefault = false;    ///< marked so: nobody had to say it
    bool isMono = false;       ///< a storage key or an id
    QString exact{};           ///< on hover, where the text was rounded
};

/// A payload's fields in groups: label, value, a mark for defaults, and an act where the value names something that can be shown. The
/// explanations on hover are the schema's own.
class FieldForm final : public QWidget {
    Q_OBJECT

public:
    /// `rows`: inputRows() or outputRows() of the payload; their help is shown.
    FieldForm(const QList<core::tasks::FieldRow>& rows, QWidget* parent);

    void beginGroup(const QString& title);
    /// `key` as in the payload: "noise_db", "style/font".
    void addField(const QString& key, const QString& label, const FieldValue& value);
    /// A field without a value: what happens instead, quietly.
    void addUnset(const QString& key, const QString& label, const QString& instead);
    /// Beside the field added last.
    void addAct(const QString& title, std::function<void()> act);
    /// Beside the field added last: what its colour looks like.
    void addSwatch(const QString& color);
    /// Over the whole width: a table.
    void addWidget(QWidget* widget);

private:
    [[nodiscard]] QString helpOf(const QString& key) const;
    void addLabel(const QString& key, const QString& label);
    QList<core::tasks::FieldRow> m_rows;
    QVBoxLayout* m_lines;
    QGridLayout* m_grid = nullptr;
    int m_row = 0;
};

}
