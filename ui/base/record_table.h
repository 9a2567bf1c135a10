// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/base/record_model.h"

#include <QTableView>

namespace ui {

/// A table of records in the console's look: 24 px rows with a hairline, the current row with fill and accent rule. ctrl+C copies
/// the selected rows with tabs between their cells.
class RecordTable final : public QTableView {
    Q_OBJECT

public:
    /// `name` is its accessible name. Takes the model over.
    RecordTable(const QString& name, RecordModel* model, QWidget* parent = nullptr);
    [[nodiscard]] RecordModel* records() const { return m_model; }
    /// The key of the current row; empty if there is none.
    [[nodiscard]] QString currentKey() const;
    void setCurrentKey(const QString& key);
    /// As high as its rows, up to so many; 0: as high as it is made.
    void setMostRows(int rows);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QString selectedText() const;

signals:
    void currentKeyChanged(const QString& key);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void applyMetrics();
    void fitColumns();
    RecordModel* m_model;
    int m_mostRows = 0;
};

}
