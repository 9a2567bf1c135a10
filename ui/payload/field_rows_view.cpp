// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/field_rows_view.h"

#include "ui/base/compact_table.h"

#include <QCoreApplication>
#include <QVBoxLayout>

namespace ui {

QWidget* createFieldRowsView(const QList<core::tasks::FieldRow>& rows, QWidget* parent)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("FieldRowsView", text); };
    auto* body = new QWidget(parent);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    const QList<CompactColumn> columns{{tr("Field"), false, true, false}, {tr("Value"), false, false, true}};
    auto* model = new CompactModel(columns, static_cast<int>(rows.size()), [rows](int row, int at) {
        const core::tasks::FieldRow& field = rows.at(row);
        return at == 0 ? QString(field.level * 4, u' ') + field.key : field.value;
    });
    column->addWidget(new CompactTable(tr("Fields"), model, body, 30));
    column->addStretch();
    return body;
}

}
