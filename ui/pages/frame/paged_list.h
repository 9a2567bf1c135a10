// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/base/row_table.h"

class QPushButton;

namespace ui {

class InkLabel;

/// A table whose rows come page by page, and below it a line that says where it ends.
class PagedList final : public QWidget {
    Q_OBJECT

public:
    PagedList(QList<RowColumn> columns, const Preferences& preferences, const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] RowTable& table() const { return *m_table; }
    /// More are not shown: a filter finds what is older.
    static constexpr int mostRows = 10'000;
    /// `end`: what the line says when there is nothing more ("No older delivery."); `further`: what stands on its button if there is.
    void showRows(const QList<PageRow>& rows, bool hasMore, const QString& end, const QString& further);

signals:
    void moreAsked();

private:
    RowTable* m_table;
    InkLabel* m_end;
    QPushButton* m_further;
};

/// What a cell says of a job: the end of its id, as ours begin alike; the whole id on hover.
[[nodiscard]] RowCell jobCell(const core::JobId& id);

}
